"""Debtors: members, clubs, federations and outside parties."""
