from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from bot.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    found = Store(":memory:")
    yield found
    found.close()


@pytest.fixture
def db(store: Store) -> Iterator[Database]:
    with store.write() as found:
        yield found
