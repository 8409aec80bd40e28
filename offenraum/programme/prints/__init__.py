"""The programme on paper."""
