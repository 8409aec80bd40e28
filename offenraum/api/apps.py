from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "offenraum.api"
    label = "api"
