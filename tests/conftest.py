"""What all tests share."""

import os
import time

from hypothesis import settings

# a busy machine is no failure
settings.register_profile("dealbell", deadline=None)
settings.load_profile("dealbell")

# times on the console are told in the zone of the machine
os.environ["TZ"] = "UTC"
time.tzset()
