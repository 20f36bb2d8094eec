"""Immutable value objects without I/O. They import nothing of ours."""
