"""Roles and tokens of users."""
