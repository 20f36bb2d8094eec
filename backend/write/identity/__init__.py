"""Identity: signing in and out, second factors, invitations, API clients, providers. Rows with a recorded past."""
