"""Pages and addresses of sensors."""
