from django.apps import AppConfig


class GatheringConfig(AppConfig):
    name = "offenraum.gathering"
    label = "gathering"
