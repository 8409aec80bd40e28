from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "offenraum.website"
    label = "website"
