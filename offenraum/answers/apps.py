from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "offenraum.answers"
    label = "answers"
