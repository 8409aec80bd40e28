"""News and what visitors say about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of, now_of
from offenraum.website.actions.visitors import comment, report_comment
from offenraum.website.forms import CommentForm, ReportForm
from offenraum.website.models import Comment, News
from offenraum.website.queries import comments_of, public_news, site_of
from offenraum.website.rules.comments import Fate


@require_GET
def news(request: HttpRequest, slug: str) -> HttpResponse:
    conference = conference_of(request, slug)
    found = public_news(conference, now=now_of(conference))
    return render(request, "website/news.html", {"conference": conference, "news": found})


@require_GET
def news_item(request: HttpRequest, slug: str, news: int) -> HttpResponse:
    conference = conference_of(request, slug)
    return item_page(request, public_item(conference, news))


def public_item(conference: Conference, news: int) -> News:
    found: News = get_object_or_404(public_news(conference, now=now_of(conference)), pk=news)
    return found


def item_page(request: HttpRequest, item: News, typed: CommentForm | None = None) -> HttpResponse:
    """News with its comments; a comment that was refused comes back as it was typed."""
    is_open = item.takes_comments and site_of(item.conference).takes_comments
    context = {
        "conference": item.conference, "item": item, "is_open": is_open, "form": typed or CommentForm(),
        "comments": comments_of(item) if is_open else [],
    }
    return render(request, "website/news-item.html", context, status=422 if typed else 200)


@require_POST
def news_comment(request: HttpRequest, slug: str, news: int) -> HttpResponse:
    conference = conference_of(request, slug)
    item = public_item(conference, news)
    if not (item.takes_comments and site_of(conference).takes_comments):
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        return item_page(request, item, form)
    given = {name: form.cleaned_data[name] for name in ("key", "name", "email", "text")}
    comment(news=item, fate=form.fate, now=now_of(conference), **given)
    is_held = form.fate is Fate.HELD
    messages.success(
        request, _("Thank you. The organisers read it first.") if is_held else _("Your comment is there. Thank you.")
    )
    return redirect(reverse("news_item", args=[slug, news]) + "#kommentare")


@require_POST
def comment_report(request: HttpRequest, slug: str, comment: int) -> HttpResponse:
    """Tell the organisers about a comment."""
    found = get_object_or_404(
        Comment.objects.select_related("news__conference"), pk=comment, state=Comment.State.SHOWN,
        news__conference__slug=slug,
    )
    conference = found.news.conference
    item = public_item(conference, found.news_id)
    form = ReportForm(request.POST)
    if form.is_valid():
        report_comment(comment=found, reason=form.cleaned_data["reason"], now=now_of(conference))
        messages.success(request, _("Thank you. The organisers will look at the comment."))
    else:
        messages.warning(request, _("Please say in a few words what is wrong with the comment."))
    return redirect(reverse("news_item", args=[slug, item.pk]) + "#kommentare")
