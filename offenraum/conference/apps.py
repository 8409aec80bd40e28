from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "offenraum.conference"
    label = "conference"
