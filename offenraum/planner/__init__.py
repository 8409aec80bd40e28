"""The programme planner: plain values in, plan out. No Django, no clock, no database."""
