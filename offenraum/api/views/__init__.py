"""What programs may ask and do."""
