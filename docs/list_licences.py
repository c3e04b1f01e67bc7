"""Writes docs/LICENCES.md: the licence of every package in requirements.lock, as its own metadata states it.

python docs/list_licences.py
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

HERE = Path(__file__).parent
LOCK, PAGE = HERE.parent / "requirements.lock", HERE / "LICENCES.md"
FREE = "passes anything on: MIT, BSD, Apache, PSF and the like"
WEAK = "its own files stay under it; who uses it as it is, as Dealbell does, owes nothing more"
SHORT = {
    "Apache 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "MIT License": "MIT", "The MIT License (MIT)": "MIT", "BSD 3-Clause License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause", "The BSD 2-Clause License": "BSD-2-Clause", "ISC License": "ISC",
    "LGPL": "LGPL-3.0-or-later", "Public Domain": "Public domain",
}  # fmt: skip
STATED = {
    # by their repositories: the metadata has none, or the whole text, or they are not for this machine
    "audioop-lts": "PSF-2.0", "colorama": "BSD-3-Clause", "currencyconverter": "Apache-2.0", "cycler": "BSD-3-Clause",
    "httpx2-jsfetch": "BSD-3-Clause", "kiwisolver": "BSD-3-Clause", "matplotlib": "PSF-2.0",
}  # fmt: skip
PARTS = {
    "0BSD": FREE, "Apache-2.0": FREE, "BSD-2-Clause": FREE, "BSD-3-Clause": FREE, "CC0-1.0": FREE, "CNRI-Python": FREE,
    "ISC": FREE, "MIT": FREE, "MIT-0": FREE, "MIT-CMU": FREE, "PSF-2.0": FREE, "Public domain": FREE, "Zlib": FREE,
    "LGPL-2.1-or-later": WEAK, "LGPL-3.0-or-later": WEAK, "MPL-1.1": WEAK, "MPL-2.0": WEAK,
}  # fmt: skip
"""Licences under which a package may be used by a program that is given away under MIT, and why."""


def locked() -> list[str]:
    """Return the names of all packages in the lock file."""
    return sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)))


def licence(name: str) -> str:
    """Return a package's licence as an SPDX expression. Raises ValueError for one that nobody has looked at."""
    if name in STATED:
        return STATED[name]
    try:
        found = metadata(name)
    except PackageNotFoundError as error:
        raise ValueError(f"{name} is not installed here: look its licence up and add it to STATED") from error
    classes = [each.rpartition(" :: ")[2] for each in found.get_all("Classifier") or () if each.startswith("License")]
    for said in (found.get("License-Expression"), found.get("License"), *classes):
        first = next(iter((said or "").strip().splitlines()), "").strip()
        shown = SHORT.get(first, first)
        if shown and is_compatible(shown):
            return shown
    raise ValueError(f"{name}: {found.get('License-Expression') or found.get('License') or classes} must be looked at")


def is_compatible(expression: str) -> bool:
    """Return whether all parts that bind are known; of alternatives, one that is known will do."""
    return any(all(part.strip(" ()") in PARTS for part in way.split(" AND ")) for way in expression.split(" OR "))


def page() -> str:
    """Return the page."""
    rows = [f"| {name} | {licence(name)} |" for name in locked()]
    weak = [name for name in locked() if any(PARTS.get(part) == WEAK for part in re.split(" AND | OR ", licence(name)))]
    return f"""# Licences

Dealbell is given away under the MIT licence. It uses these packages, unchanged, as they are installed beside it;
`requirements.lock` names their versions. All of them may be used so; {", ".join(weak)}
are under licences that bind their own files alone.
This page is written by `python docs/list_licences.py`, and a test holds it to the lock file.

The model's vocabulary and first weights come from all-MiniLM-L6-v2 (Apache-2.0); exchange rates are the European
Central Bank's, which may be used freely with the source named.

| package | licence |
| --- | --- |
{chr(10).join(rows)}
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
