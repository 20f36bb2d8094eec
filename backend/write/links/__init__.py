"""Links that open one invoice without an account: made, revoked, followed."""
