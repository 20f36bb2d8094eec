"""The debt gate's policy."""
