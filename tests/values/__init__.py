"""The value objects, by example and by property."""
