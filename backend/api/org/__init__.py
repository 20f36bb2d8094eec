"""The org tree: districts and clubs."""
