"""Grants and tokens."""
