from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "offenraum.live"
    label = "live"
