"""Paper that belongs to seats: badges and tickets."""
