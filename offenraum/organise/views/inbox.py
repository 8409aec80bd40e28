"""What visitors sent: comments that wait or were reported, barriers that somebody met."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.organise.access import as_organiser
from offenraum.organise.views.entries import shown
from offenraum.website.actions.letters import tell_readers
from offenraum.website.actions.visitors import judge_comment, settle_remark
from offenraum.website.models import Comment, Remark
from offenraum.website.queries import comments_to_judge, open_remarks, readers_of

VERDICTS = {"zeigen": True, "verbergen": False}


@require_GET
@as_organiser
def inbox(request: HttpRequest, access: Access) -> HttpResponse:
    context = shown(
        access, comments=comments_to_judge(access.conference), remarks=open_remarks(access.conference),
        readers=readers_of(access.conference).count(),
        hidden=Comment.objects.filter(news__conference=access.conference, state=Comment.State.HIDDEN),
    )
    return render(request, "organise/inbox.html", context)


@require_POST
@as_organiser
def judge(request: HttpRequest, access: Access, comment: int, verb: str) -> HttpResponse:
    """Show or hide a comment."""
    if verb not in VERDICTS:
        raise Http404
    found = get_object_or_404(Comment, pk=comment, news__conference=access.conference)
    judge_comment(comment=found, is_shown=VERDICTS[verb])
    messages.success(request, _("The comment is shown.") if VERDICTS[verb] else _("The comment is hidden."))
    return redirect("organise:inbox", access.conference.slug)


@require_POST
@as_organiser
def settle(request: HttpRequest, access: Access, remark: int) -> HttpResponse:
    """A message about a barrier is answered."""
    found = get_object_or_404(Remark, pk=remark, conference=access.conference)
    settle_remark(remark=found, now=now_of(access.conference))
    messages.success(request, _("Marked as done."))
    return redirect("organise:inbox", access.conference.slug)


@require_POST
@as_organiser
def announce(request: HttpRequest, access: Access) -> HttpResponse:
    """Write to everybody who wanted to know that registration is open."""
    count = tell_readers(conference=access.conference, now=now_of(access.conference))
    messages.success(request, _("Letters on their way: %(count)d") % {"count": count})
    return redirect("organise:inbox", access.conference.slug)
