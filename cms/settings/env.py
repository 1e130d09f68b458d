"""The only reader of the environment. Every variable is documented in `.env.example`."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

VAR_DIR.mkdir(exist_ok=True)

PORT: int = env.int("PORT", 8000)
DEBUG: bool = env.bool("DEBUG", False)
DEMO: bool = env.bool("DEMO", False)
SECRET_KEY: str = env.str("SECRET_KEY", "")
DEMO_PASSWORD: str = env.str("DEMO_PASSWORD", "ancrage-demo")
STAFF_MFA: str = env.str("STAFF_MFA", "asked", validate=lambda value: value in {"asked", "required"})
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
BASE_URL: str = env.str("BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
DATABASE: dict = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'ancrage.sqlite3'}")
REDIS_URL: str = env.str("REDIS_URL", "")
ELASTICSEARCH_URL: str = env.str("ELASTICSEARCH_URL", "")
OPENSEARCH_URL: str = env.str("OPENSEARCH_URL", "")
if ELASTICSEARCH_URL and OPENSEARCH_URL:
    raise ImproperlyConfigured("Set ELASTICSEARCH_URL or OPENSEARCH_URL, not both: one server searches.")
SEARCH_INDEX_PREFIX: str = env.str(
    "SEARCH_INDEX_PREFIX",
    "ancrage",
    # As servers want the names of their indexes.
    validate=lambda value: value.isascii() and value == value.lower() and value.replace("-", "").isalnum(),
)
SEARCH_SECONDS: float = env.float("SEARCH_SECONDS", 2.0, validate=lambda value: 0 < value <= 60)
# Without a mail server, mail is written as files, where a person can open it.
EMAIL: dict = env.dj_email_url("EMAIL_URL", f"file://{VAR_DIR / 'mail'}")
if EMAIL.get("EMAIL_FILE_PATH"):
    # The parser drops the first slash, and mail would land below wherever the process was started.
    EMAIL["EMAIL_FILE_PATH"] = "/" + EMAIL["EMAIL_FILE_PATH"].lstrip("/")
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Ancrage <ancrage@example.org>")
NOTIFICATION_DELAY: int = env.int("NOTIFICATION_DELAY", 120, validate=lambda value: value >= 0)
DIGEST_HOUR: int = env.int("DIGEST_HOUR", 5, validate=lambda value: 0 <= value < 24)
MEDIA_ROOT: str = env.str("MEDIA_ROOT", str(VAR_DIR / "media"))
S3_BUCKET: str = env.str("S3_BUCKET", "")
S3_ENDPOINT_URL: str = env.str("S3_ENDPOINT_URL", "")
S3_ACCESS_KEY: str = env.str("S3_ACCESS_KEY", "")
S3_SECRET_KEY: str = env.str("S3_SECRET_KEY", "")
MODERATION_OVERDUE_DAYS: int = env.int("MODERATION_OVERDUE_DAYS", 5, validate=lambda days: days >= 1)
TRANSLATION_CLAIM_DAYS: int = env.int("TRANSLATION_CLAIM_DAYS", 7, validate=lambda days: days >= 1)
MACHINE_TRANSLATION: str = env.str(
    "MACHINE_TRANSLATION",
    "none",
    validate=lambda value: value in {"none", "deepl", "libretranslate", "dummy"},
)
MACHINE_TRANSLATION_KEY: str = env.str("MACHINE_TRANSLATION_KEY", "")
MACHINE_TRANSLATION_ADDRESS: str = env.str("MACHINE_TRANSLATION_ADDRESS", "")
MACHINE_TRANSLATION_UNASKED: bool = env.bool("MACHINE_TRANSLATION_UNASKED", False)
MAP_TILES_URL: str = env.str("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION: str = env.str("MAP_TILES_ATTRIBUTION", "")
WEB_WORKERS: int = env.int("WEB_WORKERS", 2)
TRUST_PROXY: bool = env.bool("TRUST_PROXY", False)
TEST_WORKER: str = env.str("PYTEST_XDIST_WORKER", "gw0")


def demo_secret_key() -> str:
    """A secret of this copy of the demo, made once and kept in `var/`."""
    from secrets import token_urlsafe

    path = VAR_DIR / "demo-secret-key"
    if not path.exists():
        path.write_text(token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()
