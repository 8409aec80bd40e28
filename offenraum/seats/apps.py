from django.apps import AppConfig


class SeatsConfig(AppConfig):
    name = "offenraum.seats"
    label = "seats"
