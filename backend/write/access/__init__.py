"""Access: who may act with which role where, and the bearer tokens of scripts. Plain rows with a recorded past."""
