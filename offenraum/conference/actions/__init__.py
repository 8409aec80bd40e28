"""What happens to a conference as a whole and to those who run it."""
