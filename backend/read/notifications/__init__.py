"""What integrators are told: published notifications with stable names, in journal order."""
