"""Django's SQLite backend with fair turns for writers, foreign keys checked at once, and a name for a full disk."""
