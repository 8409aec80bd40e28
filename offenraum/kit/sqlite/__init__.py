"""Django's SQLite backend with fair turns for writers, foreign keys checked at once, and umlauts found in any case."""
