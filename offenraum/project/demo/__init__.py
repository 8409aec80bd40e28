"""The demonstration: the conference of 4 September 2018 with an invented barcamp, and the director who leads it."""
