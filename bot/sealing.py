"""Encryption of what the store keeps secret: Fernet (AES-128-CBC with HMAC-SHA256) under a key from the environment.

The key is derived from DEALBELL_SECRET_KEY by scrypt (N 2^14, r 8, p 1) with a fixed salt of this program: the salt is
no secret, it only keeps the derived key from serving elsewhere, so the text itself must be long and random.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from bot.errors import SettingsError
from bot.masking import hide

SALT = b"dealbell/sealed/1"


class Seal:
    """Seals and opens short texts. Whatever passes here is a secret, and no log shows it from then on."""

    def __init__(self, secret: str) -> None:
        key = hashlib.scrypt(secret.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32)
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        """Encrypt a text; sealing it twice gives two different results."""
        hide(text)
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text that was sealed. Raises SettingsError where it was sealed with another key or changed."""
        try:
            text = self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError) as error:
            raise SettingsError(
                "Stored tokens can't be read: they were encrypted with another key.",
                cure="Set DEALBELL_SECRET_KEY to the key of before, or install the app again in the workspaces.",
            ) from error
        hide(text)
        return text
