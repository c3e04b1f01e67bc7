"""Processes that train side by side end with the command that began them."""

import os
import threading
from multiprocessing import parent_process


def end_with_parent() -> None:
    """Call in a child at its start: it ends at once when its parent is gone, however that ended."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
