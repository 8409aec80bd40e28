"""Which slots follow each other without a break."""

from __future__ import annotations

from django.db import transaction

from offenraum.conference.models import Conference, Slot


@transaction.atomic
def chain_slots(*, conference: Conference) -> None:
    """Let each slot know the one that ends when it begins, so that long sessions can take both."""
    slots = list(Slot.objects.filter(conference=conference).order_by("starts_at"))
    ends = {slot.ends_at: slot.pk for slot in slots}
    changed = [slot for slot in slots if slot.follows_id != ends.get(slot.starts_at)]
    Slot.objects.filter(pk__in=[slot.pk for slot in changed]).update(follows=None)
    for slot in changed:
        Slot.objects.filter(pk=slot.pk).update(follows=ends.get(slot.starts_at))
