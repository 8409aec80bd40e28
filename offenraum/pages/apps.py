from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "offenraum.pages"
    label = "pages"
