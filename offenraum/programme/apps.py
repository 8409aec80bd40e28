from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "offenraum.programme"
    label = "programme"
