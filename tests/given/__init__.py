"""Builders and stand-ins for the outside world, in the language of the field."""
