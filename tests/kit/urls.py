"""The style pages alone, for tests of the design."""

from django.urls import path

from offenraum.kit.specimen import show

urlpatterns = [path("stil/", show), path("stil/<slug:part>/", show)]
