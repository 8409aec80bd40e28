"""The barcamp: topics, interest, rounds, pitches."""
