"""What events say of themselves."""
