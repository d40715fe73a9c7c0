"""What a goal's figures mean."""
