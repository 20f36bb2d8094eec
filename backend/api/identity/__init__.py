"""`/auth/…` and `/oauth/token`: how people and programs prove who they are. See docs/guides/identity_api.md."""
