"""Pages of registration: the form, and one's own page behind the link of a letter."""
