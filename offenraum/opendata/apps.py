from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "offenraum.opendata"
    label = "opendata"
