"""What happens to seats."""
