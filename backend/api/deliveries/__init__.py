"""Deliveries, and the switch that stops them."""
