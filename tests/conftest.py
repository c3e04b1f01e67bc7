"""What all tests share."""

import os
import random
import socket
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


@pytest.fixture
def unused_tcp_port() -> int:
    """Return a port that no outgoing connection and no other server takes by itself: they get theirs from 32768 on."""
    for _ in range(100):
        port = random.randint(20_000, 30_000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")
