"""Pages on which organisers set up and write."""
