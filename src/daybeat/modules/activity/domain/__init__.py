"""The rules of activity, as plain functions."""
