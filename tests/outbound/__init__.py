"""What leaves the house: mail, exchange rates."""
