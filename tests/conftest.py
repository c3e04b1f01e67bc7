"""What all tests share."""

import os
import time

import pytest
from hypothesis import settings

# a busy machine is no failure
settings.register_profile("dealbell", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile("dealbell")

# times on the console are told in the zone of the machine
os.environ["TZ"] = "UTC"
time.tzset()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("attack", "how long the attacks on the program last")
    group.addoption("--kills", type=int, default=10, help="how often the running bot is killed")
    group.addoption("--seed", type=int, default=20, help="where the attacks' chance begins")
