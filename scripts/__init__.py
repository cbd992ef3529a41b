"""What maintainers run; nothing of it is shipped."""
