"""Reads about the draft, editions and personal plans."""
