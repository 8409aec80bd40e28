"""What happens to the programme: placed, moved, planned, published."""
