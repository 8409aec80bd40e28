from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "offenraum.post"
    label = "post"
