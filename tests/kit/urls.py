"""The style pages with a ballot box, for tests of the design."""

from django.urls import path

from offenraum.kit.specimen import show
from tests.kit.ballots import interest, stand

urlpatterns = [
    path("stil/stand.json", stand),
    path("stil/<int:topic>", interest),
    path("stil/", show),
    path("stil/<slug:part>/", show),
]
