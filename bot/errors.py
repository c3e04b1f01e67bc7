"""One exception tree. Library errors are translated into it once, at the boundary.

    DealbellError
    ├── SettingsError       a setting is unknown or malformed
    ├── ModelError          the extractor's model is damaged
    ├── InputError          a file, a line or an argument from a person cannot be read
    ├── FeedError
    │   ├── FeedFormatError     the document is no feed
    │   └── AddressRefused      the address guard forbids the address
    ├── WorkerError         a worker process failed
    │   └── WorkerTimeout       it was stopped for taking too long or too much memory
    └── StoreError
        ├── StoreUnreadable     the file is no database, or may not be read
        ├── StoreLocked         another process held the database for too long
        ├── StoreFull           the disk is full
        └── StoreTooNew         written by a newer version of the program

Bugs (TypeError and the like) pass through untranslated.
"""


class DealbellError(Exception):
    """Base of everything that Dealbell raises on purpose.

    `problem` says what happened and why; `cure` says what to do, and may be empty.
    """

    def __init__(self, problem: str, *, cure: str = "") -> None:
        super().__init__(problem, cure)
        self.problem = problem
        self.cure = cure

    def __reduce__(self) -> tuple[object, ...]:
        # errors come back from worker processes: without this the keyword would be lost on the way
        return _rebuilt, (type(self), self.problem, self.cure)

    def __str__(self) -> str:
        return f"{self.problem} {self.cure}".strip()


def _rebuilt(kind: type[DealbellError], problem: str, cure: str) -> DealbellError:
    return kind(problem, cure=cure)


class SettingsError(DealbellError):
    """A setting is unknown or malformed."""


class ModelError(DealbellError):
    """The files of the extractor's model are not those that were shipped."""


class InputError(DealbellError):
    """A file, a line or an argument from a person cannot be read."""


class FeedError(DealbellError):
    """Something about a feed."""


class FeedFormatError(FeedError):
    """The document is not a feed that can be read."""


class AddressRefused(FeedError):
    """The address guard forbids the address."""


class WorkerError(DealbellError):
    """A worker process failed."""


class WorkerTimeout(WorkerError):
    """A worker process was stopped for taking too long or too much memory."""


class StoreError(DealbellError):
    """Something about the database."""


class StoreUnreadable(StoreError):
    """The file is no database, is damaged, or may not be opened."""


class StoreLocked(StoreError):
    """Another process held the database for longer than we wait."""


class StoreFull(StoreError):
    """The disk is full; nothing of the failed transaction was kept."""


class StoreTooNew(StoreError):
    """The database was written by a newer version of the program."""
