"""An arena for each attack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.arena import Arena
from tests.integration.conftest import Site, bot, site

__all__ = ["arena", "bot", "site"]  # the last two are the fixtures of the integration tests


@pytest.fixture
def arena(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Arena]:
    site = Site()
    site.start()
    found = Arena(tmp_path, site, request.config.getoption("seed"))
    try:
        found.open()
        yield found
    finally:
        found.close()
        site.stop()
