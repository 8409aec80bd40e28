"""Letters on their way: the outbox, what they say, what became of them."""
