"""REST beside GraphQL: for files, integrators and cron. One module per noun; `routes.py` lists them."""
