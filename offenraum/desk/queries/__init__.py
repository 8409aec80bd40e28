"""What the desk's screens show, gathered from the slices below."""
