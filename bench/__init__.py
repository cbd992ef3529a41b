"""How fast, how large: `make bench`. Figures go to docs/bench.md as ratios."""
