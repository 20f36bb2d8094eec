"""The org tree as it is asked for."""
