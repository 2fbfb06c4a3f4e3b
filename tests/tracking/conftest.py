"""Time limits of single examples are off: the first one may pay for imports."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
