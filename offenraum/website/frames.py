"""Pages of ours in a frame of other sites, and the script that puts the frame there."""

from __future__ import annotations

import json
from typing import Final

from django.http import HttpResponse

from offenraum.website.models import Site
from offenraum.website.rules.frames import origins_of

WIDGET: Final = """(() => {
  const told = %(told)s
  const frame = document.createElement('iframe')
  Object.assign(frame, { src: told.address + '?hoehe=1', title: told.title, loading: 'lazy' })
  frame.style.cssText = 'width:100%%;height:600px;border:0'
  document.currentScript.after(frame)
  addEventListener('message', ({ source, data }) => {
    if (source === frame.contentWindow && data?.offenraumHeight > 0) frame.style.height = `${data.offenraumHeight}px`
  })
})()
"""


def framed(response: HttpResponse, site: Site) -> HttpResponse:
    """Allow frames on the sites that the organisers have named; without any the page stays as closed as all others."""
    if origins := origins_of(site.frame_hosts):
        response._csp_replace = {"frame-ancestors": origins}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
    return response


def widget_script(address: str, title: str) -> HttpResponse:
    """A script that shows a page of ours as high as it is."""
    told = json.dumps({"address": address, "title": title}).replace("<", "\\u003c")
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(WIDGET % {"told": told}, content_type="text/javascript; charset=utf-8", headers=headers)
