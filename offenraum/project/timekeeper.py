"""Watches the clocks of all conferences, real or fast, and tells the screens when something begins or ends."""

from __future__ import annotations

import logging
import threading

from django.db import Error, connection
from django.utils import timezone

from offenraum.conference.actions.clock import pass_moment
from offenraum.conference.models import Conference
from offenraum.conference.queries.times import Course, course_of, moment_in
from offenraum.kit.lull import Lull
from offenraum.pages.tasks import bring_topics
from offenraum.registration.tasks import keep_time

LOOK_EVERY_SECONDS = 0.5
Known = dict[int, frozenset[str]]
Courses = list[tuple[Conference, Course]]
log = logging.getLogger(__name__)


class Timekeeper(threading.Thread):
    """Looks twice a second until it is asked to end; a worker runs one."""

    def __init__(self) -> None:
        super().__init__(name="timekeeper", daemon=True)
        self.ended = threading.Event()

    def run(self) -> None:
        known: Known = {}
        courses: Courses = []
        lull = Lull()
        while not self.ended.wait(LOOK_EVERY_SECONDS):
            try:
                if lull.is_over():
                    courses = read_courses()
                    look_at_registration()
                known = look(known, courses)
            except Error:
                log.exception("the clocks cannot be read")
                connection.close()
        connection.close()

    def end(self) -> None:
        self.ended.set()


def look_at_registration() -> None:
    """Do what time asks for where registrations are taken."""
    for conference in Conference.objects.filter(registration__isnull=False):
        keep_time(conference)
        bring_topics(conference)


def read_courses() -> Courses:
    return [(conference, course_of(conference)) for conference in Conference.objects.all()]


def look(known: Known, courses: Courses) -> Known:
    """Tell the screens of every conference in which something began or ended since `known`; returns what runs now."""
    running: Known = {}
    for conference, course in courses:
        running[conference.pk] = moment_in(course, conference.clock.at(timezone.now()))
        if running[conference.pk] != known.get(conference.pk, running[conference.pk]):
            pass_moment(conference=conference)
    return running
