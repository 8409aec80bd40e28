from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "offenraum.desk"
    label = "desk"
