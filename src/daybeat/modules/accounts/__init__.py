"""Accounts: who somebody is, how they prove it, and in which zone their days begin."""
