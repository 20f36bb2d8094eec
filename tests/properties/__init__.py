"""Random command sequences against a small naive model."""
