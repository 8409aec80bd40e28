"""Face of the desk: where moderators and helpers work."""
