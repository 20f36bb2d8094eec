"""The machine we run on: settings, clock, ids, database, logs, embedded servers. It knows nothing of invoices."""
