"""What all tests share."""

from hypothesis import settings

# a busy machine is no failure
settings.register_profile("dealbell", deadline=None)
settings.load_profile("dealbell")
