"""Seats, their keys, signing in, check-in."""
