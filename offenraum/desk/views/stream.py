"""The right to the desk's stream."""

from __future__ import annotations

import time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.live.tokens import TokenError, keys_of_scope, token_for

FOR_HELPERS = {"desk-hands", "desk-ballots", "presence", "notice"}


@require_GET
@at_desk(Duty.HANDS)
def token(request: HttpRequest, desk: Access) -> HttpResponse:
    """A token for the regions of a page of this desk; a helper gets one only for what a helper's page shows."""
    try:
        keys = keys_of_scope(request.GET.getlist("key"), scope=desk.conference.slug)
    except TokenError as error:
        raise Http404 from error
    if not desk.may(Duty.MODERATE) and any(key.name not in FOR_HELPERS for key in keys):
        raise Http404
    return JsonResponse({"token": token_for(keys, time.time())})
