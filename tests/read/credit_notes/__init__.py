"""Credit notes as they are listed."""
