"""Event -> command, automatically: the only arrow to the left, through the same front door as a user."""
