"""What the deletion clock does to what visitors left and to photos."""

from __future__ import annotations

from offenraum.conference.models import Conference
from offenraum.kit.clearing import blank_some, delete_some
from offenraum.website.actions.contents import drop_portrait
from offenraum.website.models import Comment, Portrait, Remark, Subscriber


def clear_letters(*, conference: Conference) -> int:
    """Forget who wanted a letter."""
    return delete_some(Subscriber.objects.filter(conference=conference))


def clear_names(*, conference: Conference) -> int:
    """Delete photos with their files, messages about barriers, and the addresses behind comments."""
    portraits = list(Portrait.objects.select_related("speaker").filter(speaker__conference=conference))
    for portrait in portraits:
        drop_portrait(speaker=portrait.speaker)
    comments = Comment.objects.filter(news__conference=conference).exclude(email="")
    remarks = Remark.objects.filter(conference=conference)
    return len(portraits) or delete_some(remarks) or blank_some(comments, email="")
