"""Who people and programs are: accounts, sessions, second factors, passkeys, API clients, providers. Plain rows."""
