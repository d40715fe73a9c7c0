"""Insights: read models made of facts, and what they tell."""
