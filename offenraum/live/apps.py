from django.apps import AppConfig

from offenraum.live.bus import EXCHANGE, make_bus


class LiveConfig(AppConfig):
    name = "offenraum.live"
    label = "live"

    def ready(self) -> None:
        """Announcements of this process have a way to others from the start."""
        EXCHANGE.bus = make_bus()
