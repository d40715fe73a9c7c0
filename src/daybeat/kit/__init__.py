"""Small things every room may use. Standard library only."""
