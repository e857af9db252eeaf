"""Secrets that have to be read again, such as the address of a webhook, encrypted with a key derived from SECRET_KEY.

Each purpose has a key of its own: what was encrypted for one cannot be read for another.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def derived(secret_key: str, purpose: str) -> bytes:
    """32 bytes that say nothing about the key they come from."""
    return HKDF(SHA256(), length=32, salt=b"hub.encryption", info=purpose.encode()).derive(
        secret_key.encode()
    )


def encrypt(text: str, *, purpose: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def decrypt(token: str, *, purpose: str) -> str | None:
    """None if it was encrypted with a key that is no longer there, or was changed."""
    try:
        return _box(purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def _box(purpose: str) -> MultiFernet:
    """Encrypts with the key of now, and reads what one of `SECRET_KEY_FALLBACKS` encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(derived(key, purpose))) for key in keys])
