"""A programme in the formats that other programs read; pure: plain values in, bytes out."""
