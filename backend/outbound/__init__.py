"""Outbound work is sent by e-mail, and the ECB's rates are fetched. At least once, never inside a command."""
