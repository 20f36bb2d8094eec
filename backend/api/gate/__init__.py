"""The debt gate: who may renew or move, and by which policy that is decided."""
