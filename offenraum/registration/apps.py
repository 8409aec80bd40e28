from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "offenraum.registration"
    label = "registration"
