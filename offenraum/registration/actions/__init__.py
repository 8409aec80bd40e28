"""What happens to registrations; whoever gives or frees a place holds the lock on the conference's settings."""
