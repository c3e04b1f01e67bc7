"""What must be shown nowhere: tokens, keys, passwords. All that is logged passes here, whatever error quotes it.

Two nets: the secrets that this process knows, and the forms of those that it can't know, such as one that a platform
echoes in pieces or the address of an answer.
"""

import json
import re
from urllib.parse import quote

from bot.model.text import clean_lines

HIDDEN = "***"
SHORTEST = 6
"""Characters: shorter ones would black out ordinary words."""
MOST = 4_000
"""Of tokens that come and go, in each of their spellings; the oldest were rotated away long ago."""
_lasting: dict[str, None] = {}
_passing: dict[str, None] = {}

FORMS = tuple(
    (re.compile(pattern), shown)
    for pattern, shown in (
        # https://docs.slack.dev/authentication/tokens: bots, people, apps, refresh tokens, rotated ones
        (r"xox[a-z](?:\.xox[a-z])?-[\w%-]{6,}", HIDDEN),
        (r"xapp-\d-[\w-]{6,}", HIDDEN),
        (r"hooks\.slack(?:-gov)?\.com/[\w/-]{6,}", f"hooks.slack.com/{HIDDEN}"),
        # Discord: the bot's id in base64, a time, a signature; and what an interaction is answered with
        (r"[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,45}", HIDDEN),
        (r"(/(?:webhooks|interactions)/\d+/)[\w-]{20,}", rf"\g<1>{HIDDEN}"),
        (r"(://)[^\s/@'\"]+@", rf"\g<1>{HIDDEN}@"),
        (r"(\b(?:Bearer|Bot) )(?=[\w.~+/-]*\d)[\w.~+/-]{12,}=*", rf"\g<1>{HIDDEN}"),
        (r"(Authorization[\\'\"]*[:=] ?[\\'\"]*(?:Basic )?)[\w.~+/-]{12,}=*", rf"\g<1>{HIDDEN}"),
        (r"([?&](?:token|ticket|access_token|refresh_token|client_secret)=)[^&\s'\"]+", rf"\g<1>{HIDDEN}"),
        (r"((?:access_token|refresh_token|client_secret)[\\'\"]*[:=] ?[\\'\"]*)[\w.~+/%-]{6,}", rf"\g<1>{HIDDEN}"),
    )
)
"""How secrets look, and what is shown in their place."""


def hide(*secrets: str, lasting: bool = False) -> None:
    """Show these nowhere from now on. `lasting`: however many come after them, as those of the settings."""
    kept = _lasting if lasting else _passing
    for secret in secrets:
        for spelt in (secret, quote(secret, safe="", errors="replace"), json.dumps(secret)[1:-1], clean_lines(secret)):
            if len(spelt) >= SHORTEST:
                kept.pop(spelt, None)
                kept[spelt] = None
    while len(_passing) > MOST:
        del _passing[next(iter(_passing))]


def masked(text: str) -> str:
    """Return a text without any secret."""
    found = [secret for secret in (*_lasting, *_passing) if secret in text]
    for secret in sorted(found, key=len, reverse=True):  # one may begin as another does
        text = text.replace(secret, HIDDEN)
    for form, shown in FORMS:
        text = form.sub(shown, text)
    return text
