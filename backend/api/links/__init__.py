"""Links that open one invoice without an account: taken by the issuer, and revoked."""
