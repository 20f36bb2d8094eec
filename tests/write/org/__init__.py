"""The org tree as it grows."""
