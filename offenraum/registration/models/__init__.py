"""What an organiser sets, and who registered."""

from offenraum.registration.models.registrations import Attempt, ExtraAnswer, Registration
from offenraum.registration.models.settings import Contingent, ExtraQuestion, RegistrationSettings

__all__ = ["Attempt", "Contingent", "ExtraAnswer", "ExtraQuestion", "Registration", "RegistrationSettings"]
