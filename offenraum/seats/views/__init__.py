"""Pages of seats: signing in, and the check-in at the door."""
