"""The edge of time and queues: actors, schedule and sweep. Rows say what is due; messages only ring."""
