"""The published language: what can have happened, in words every module understands."""
