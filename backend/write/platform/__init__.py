"""What operators of the platform do."""
