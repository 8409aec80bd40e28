"""Results for everybody: the page after the day, its PDF, the data behind it. A face: no models."""
