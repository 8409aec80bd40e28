"""What people fill in who want to come, and the proof that a person or at least a patient browser did it."""
