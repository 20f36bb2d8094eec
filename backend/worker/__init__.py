"""The edge of time and queues: Dramatiq actors, the schedule and the sweep. Rows say what is due; messages only ring."""
