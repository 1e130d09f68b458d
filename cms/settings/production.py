"""Serving people. `DEMO=1` adds the demo's accounts and makes a secret of its own."""

from django.core.exceptions import ImproperlyConfigured

from . import env
from .base import *  # noqa: F403
from .base import BASE_URL

DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY or (env.demo_secret_key() if env.DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing. Put a long random text in .env or the environment.")

if BASE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
if env.TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Tries are counted by the visitor's address, not by the proxy's, which all would share.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
