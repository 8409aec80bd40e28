"""Writing in sessions."""
