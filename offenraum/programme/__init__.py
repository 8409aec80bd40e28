"""The programme: placements, editions, planner runs."""
