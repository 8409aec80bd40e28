from django.apps import AppConfig


class OrganiseConfig(AppConfig):
    name = "offenraum.organise"
    label = "organise"
