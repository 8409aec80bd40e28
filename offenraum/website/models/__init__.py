"""The website of a conference."""

from __future__ import annotations

from offenraum.website.models.contents import Faq, News, Page, Partner, Portrait
from offenraum.website.models.site import Picture, Site
from offenraum.website.models.visitors import Comment, Remark, Subscriber

__all__ = [
    "Comment", "Faq", "News", "Page", "Partner", "Picture", "Portrait", "Remark", "Site", "Subscriber",
]
