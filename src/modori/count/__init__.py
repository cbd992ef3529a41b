"""Since when, how many, how fast, and when mail goes again: counting what arrived, with the clock as a parameter."""
