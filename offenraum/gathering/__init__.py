"""What happens in a session: notes, questions, links, heads counted, feedback, and what is reported."""
