"""What happens in the barcamp: topics, interest, rounds."""
