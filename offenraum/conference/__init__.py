"""The conference: days, slots, rooms, talks, members and its clock."""
