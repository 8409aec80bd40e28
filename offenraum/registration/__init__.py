"""Registering for a conference: places, waiting list, contingents, questions."""
