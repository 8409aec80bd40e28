from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "offenraum.people"
    label = "people"
