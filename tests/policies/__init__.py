"""Event to command: what happens by itself."""
