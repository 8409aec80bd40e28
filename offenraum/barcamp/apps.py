from django.apps import AppConfig


class BarcampConfig(AppConfig):
    name = "offenraum.barcamp"
    label = "barcamp"
