"""An arena for each attack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.arena import Arena
from tests.integration.conftest import Bot, Site


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


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    served.start()
    yield served
    served.stop()


@pytest.fixture
def bot(tmp_path: Path, site: Site) -> Iterator[Bot]:
    running = Bot(tmp_path, site)
    yield running
    if running.process is not None:
        running.process.kill()
        running.process.wait()
