"""The market on paper."""
