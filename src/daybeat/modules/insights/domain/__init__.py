"""The rules of insights, without technology."""
