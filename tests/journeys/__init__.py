"""Stories of a federation and its members, told through the public API only, by a clock that travels."""
