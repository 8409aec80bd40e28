"""Robot attendees: seats that sign in, watch the stream and vote through real HTTP, for demonstration and rehearsal."""
