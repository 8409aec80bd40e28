"""The task list, the parts of a conference, publishing, a new conference."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.organise.access import as_organiser, organised_by, organiser_of_any
from offenraum.organise.forms.parts import NewConferenceForm
from offenraum.organise.keeping import keep_form, set_up_conference
from offenraum.organise.kinds import KINDS
from offenraum.organise.parts import PARTS
from offenraum.organise.queries import is_ready, tasks_of, waiting_count
from offenraum.organise.views.entries import shown
from offenraum.website.actions.contents import publish_conference


@require_GET
@as_organiser
def setup(request: HttpRequest, access: Access) -> HttpResponse:
    """What is done, what is still to do, and the way to every page of the organisers."""
    tasks = tasks_of(access.conference)
    context = shown(
        access, tasks=tasks, is_ready=is_ready(tasks), done=sum(task.is_done for task in tasks), parts=PARTS.values(),
        kinds=KINDS.values(), waiting=waiting_count(access.conference), address=settings.ADDRESS,
    )
    return render(request, "organise/setup.html", context)


@require_POST
@as_organiser
def publish(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the conference to everybody, or hide it again."""
    is_public = request.POST.get("public") != "0"
    if is_public and not is_ready(tasks_of(access.conference)):
        messages.warning(request, _("Something is still missing. The first steps of the list say what."))
    else:
        publish_conference(conference=access.conference, is_public=is_public)
        messages.success(
            request, _("The conference is public now.") if is_public else _("The conference is hidden now.")
        )
    return redirect("organise:setup", access.conference.slug)


@require_http_methods(["GET", "POST"])
@as_organiser
def part(request: HttpRequest, access: Access, part: str) -> HttpResponse:
    """One part of a conference; what was typed comes back with its faults."""
    if part not in PARTS:
        raise Http404
    found = PARTS[part]
    form = found.form(
        request.POST or None, request.FILES or None, instance=found.row(access.conference),
        conference=access.conference, now=now_of(access.conference),
    )
    if form.is_valid():
        keep_form(form)
        messages.success(request, _("Saved: %(name)s") % {"name": found.title})
        return redirect("organise:setup", access.conference.slug)
    status = 422 if form.errors else 200
    return render(request, "organise/part.html", shown(access, part=found, form=form), status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def new_conference(request: HttpRequest) -> HttpResponse:
    """Whoever organises a conference makes the next one, from nothing or from one of theirs."""
    account = organiser_of_any(request)
    known = organised_by(account)
    form = NewConferenceForm(request.POST or None, known=known)
    if form.is_valid():
        template = next((one for one in known if one.slug == form.cleaned_data["template"]), None)
        names = ("slug", "title", "day")
        made = set_up_conference(
            account=account, template=template, **{name: form.cleaned_data[name] for name in names}
        )
        messages.success(request, _("The conference is there. Nobody sees it until you publish it."))
        return redirect("organise:setup", made.slug)
    return render(request, "organise/new-conference.html", {"form": form}, status=422 if form.errors else 200)
