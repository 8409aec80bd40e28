"""Decisions of the question desk on plain text: words, compounds, what a question asks about, quotes."""
