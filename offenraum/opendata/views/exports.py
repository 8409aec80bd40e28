"""The programme as files for apps, calendars, spreadsheets and print, always of the latest edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of
from offenraum.kit.calendars import MEDIA_TYPE
from offenraum.live.documents import DEPENDS
from offenraum.live.versions import read_versions, tag_of
from offenraum.programme.formats.atom import changes_atom
from offenraum.programme.formats.calendar import calendar
from offenraum.programme.formats.giggity import giggity_json
from offenraum.programme.formats.schedule import Schedule
from offenraum.programme.formats.schedule_json import schedule_json
from offenraum.programme.formats.schedule_xml import NoDays, schedule_xml
from offenraum.programme.formats.tables import programme_csv, programme_xlsx
from offenraum.programme.prints.booklet import booklet_pdf
from offenraum.programme.prints.plan import NothingPublished, plan_pdf
from offenraum.programme.queries.published import own_topics
from offenraum.programme.queries.schedule import published_editions, schedule_of
from offenraum.seats.queries import seat_of_calendar

TOPICS: Final = ("programme", "board")
"""The versions of which a file is made: places and titles."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is written and what it is; what is not read in place is saved."""

    media_type: str
    write: Callable[[Conference], bytes]
    is_saved: bool = False


def whole_calendar(conference: Conference) -> bytes:
    schedule = schedule_of(conference)
    return calendar(schedule, schedule.entries, name=schedule.title)


def changes(conference: Conference) -> bytes:
    title = _("%(conference)s: changes of the programme") % {"conference": conference.title}
    return changes_atom(schedule_of(conference), published_editions(conference), title=title)


def menu(conference: Conference) -> bytes:
    return giggity_json(schedule_of(conference), website=_("Website"))


def of_schedule(write: Callable[[Schedule], bytes]) -> Callable[[Conference], bytes]:
    return lambda conference: write(schedule_of(conference))


XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final = {
    "schedule.xml": Format("application/xml; charset=utf-8", of_schedule(schedule_xml)),
    "schedule.json": Format("application/json", of_schedule(schedule_json)),
    "programme.ics": Format(MEDIA_TYPE, whole_calendar),
    "changes.atom": Format("application/atom+xml; charset=utf-8", changes),
    "programme.pdf": Format("application/pdf", booklet_pdf),
    "plan.pdf": Format("application/pdf", lambda conference: plan_pdf(conference, paper="a3")),
    "programme.csv": Format("text/csv; charset=utf-8", of_schedule(programme_csv), is_saved=True),
    "programme.xlsx": Format(XLSX, of_schedule(programme_xlsx), is_saved=True),
    "giggity.json": Format("application/json", menu),
}


@require_safe
def export(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One of the files; its tag is known before it is written."""
    if name not in FORMATS:
        raise Http404
    conference = conference_of(request, slug)
    language = language_of(request)
    tag = f'"{tag_of(read_versions([slug]), scope=slug, topics=TOPICS)}.{name}.{language}"'
    answer = get_conditional_response(request, etag=tag) or written(conference, name, language)
    answer.headers["ETag"], answer.headers[DEPENDS] = tag, " ".join([slug, *TOPICS])
    return answer


def language_of(request: HttpRequest) -> str:
    """A file is in one language for everybody: the one asked for in its address, else German."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def written(conference: Conference, name: str, language: str) -> HttpResponse:
    found = FORMATS[name]
    try:
        with translation.override(language), timezone.override(conference.zone):
            body = found.write(conference)
    except (NoDays, NothingPublished) as error:
        raise Http404(_("Nothing has been published yet.")) from error
    stem, _dot, ending = name.partition(".")
    manner = "attachment" if found.is_saved else "inline"
    disposition = f'{manner}; filename="{conference.slug}-{stem}.{ending}"'
    return open_to_all(HttpResponse(body, content_type=found.media_type), disposition)


def open_to_all(answer: HttpResponse, disposition: str) -> HttpResponse:
    """Any site may read it; any store may keep it, but must ask each time."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag"
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["Content-Disposition"] = disposition
    return answer


@require_safe
def one_calendar(request: HttpRequest, slug: str, kind: str, number: int) -> HttpResponse:
    """One session or one point of the fixed programme for a calendar."""
    schedule = schedule_of(conference_of(request, slug))
    found = [one for one in schedule.entries if one.key == f"{kind}-{number}"]
    if not found:
        raise Http404
    body = calendar(schedule, found, name=found[0].title)
    answer = HttpResponse(body, content_type=MEDIA_TYPE)
    return open_to_all(answer, f'attachment; filename="{slug}-{kind}-{number}.ics"')


@require_safe
def own_calendar(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The own plan of a seat, for calendars that subscribe to its address."""
    conference = conference_of(request, slug)
    seat = seat_of_calendar(conference, key)
    if seat is None:
        raise Http404
    schedule = schedule_of(conference)
    numbers = set(conference.topics.filter(pk__in=own_topics(seat)).values_list("number", flat=True))
    own = [one for one in schedule.entries if one.number in numbers]
    with translation.override(settings.LANGUAGE_CODE):
        name = _("%(conference)s: my plan") % {"conference": conference.title}
    answer = HttpResponse(calendar(schedule, own, name=name), content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
