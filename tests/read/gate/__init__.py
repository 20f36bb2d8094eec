"""The read model gate."""
