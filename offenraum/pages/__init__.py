"""Faces for attendees and the hall: start, now, my plan, wall, door."""
