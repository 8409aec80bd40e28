from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "offenraum.kit"
    label = "kit"
