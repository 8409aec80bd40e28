from django.apps import AppConfig


class SensorsConfig(AppConfig):
    name = "offenraum.sensors"
    label = "sensors"
