from django.apps import AppConfig


class MarketConfig(AppConfig):
    name = "offenraum.market"
    label = "market"
