"""The pages on which organisers set a conference up and write its website."""
