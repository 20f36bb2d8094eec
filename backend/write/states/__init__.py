"""What decisions see: each aggregate's state and the one fold of its stream. Pure."""
