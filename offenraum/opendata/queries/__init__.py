"""Reads about what a conference publishes and leaves behind."""
