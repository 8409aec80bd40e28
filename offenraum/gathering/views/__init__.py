"""Answers below /<conference>/session."""
