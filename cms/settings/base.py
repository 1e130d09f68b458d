"""What every way of running Ancrage shares. The environment is read in `env.py` only."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from cms.media.types import CONTENT_TYPES

from . import env
from .env import BASE_DIR, VAR_DIR

DEBUG = env.DEBUG
DEMO = env.DEMO
DEMO_PASSWORD = env.DEMO_PASSWORD
STAFF_MFA = env.STAFF_MFA
MODERATION_OVERDUE_DAYS = env.MODERATION_OVERDUE_DAYS
TRANSLATION_CLAIM_DAYS = env.TRANSLATION_CLAIM_DAYS
MACHINE_TRANSLATION = env.MACHINE_TRANSLATION
MACHINE_TRANSLATION_KEY = env.MACHINE_TRANSLATION_KEY
MACHINE_TRANSLATION_ADDRESS = env.MACHINE_TRANSLATION_ADDRESS
MACHINE_TRANSLATION_UNASKED = env.MACHINE_TRANSLATION_UNASKED
SECRET_KEY = env.SECRET_KEY
ALLOWED_HOSTS = env.ALLOWED_HOSTS
BASE_URL = env.BASE_URL
PORT = env.PORT
WEB_WORKERS = env.WEB_WORKERS
BASE_DIR = BASE_DIR
VAR_DIR = VAR_DIR
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "search",
    "home",
    "forum",
    "initiatives",
    "cms.demo",
    "cms.translations",
    "cms.wiki",
    "cms.notifications",
    "cms.accounts.apps.AccountsConfig",
    "cms.media",
    "cms.taxonomy",
    "cms.reference",
    "cms.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.apps.WagtailUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "leaflet",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# The page cache answers before anything else is asked: only the probes of who runs the site come before it.
MIDDLEWARE = [
    "cms.core.health.HealthMiddleware",
    "cms.core.page_cache.middleware.PageCacheMiddleware",
    "cms.core.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.languages.OpenLanguagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms.accounts.middleware.SignedInMarkerMiddleware",
    "cms.accounts.middleware.StaffMfaMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.core.context.site",
                "cms.accounts.context.accounts",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------

DATABASES = {"default": env.DATABASE}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Readers never wait for a writer (WAL), a writer waits for its turn, and a transaction that will
    # write takes its lock at the start, so that it cannot fail half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The default cache is shared by all processes: Wagtail keeps site roots in it, and a new language must
# be seen by every worker at once.
CACHES: dict[str, dict]
if env.REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.REDIS_URL,
            "KEY_PREFIX": "ancrage",
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }
# Kept pages stand apart: whoever asks for thousands of addresses pushes out pages, not the counters of tries.
# Fewer in files: each writing lists them all.
CACHES["pages"] = (
    CACHES["default"] | {"KEY_PREFIX": "ancrage-pages"}
    if env.REDIS_URL
    else CACHES["default"] | {"LOCATION": str(VAR_DIR / "cache-pages"), "OPTIONS": {"MAX_ENTRIES": 2_000}}
)
REDIS_URL = env.REDIS_URL
# Where the stamp that all workers share stands when there is no Redis (see cms/core/page_cache).
PAGE_CACHE_STAMP_FILE = VAR_DIR / "page-stamp"
PAGE_CACHE_BYTES = 32 * 1024 * 1024  # in each worker's memory

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# --- Languages --------------------------------------------------------------------------------

# Every language the software can serve. Which of them are *open* is decided by the content: a language
# is open when its home page is live (cms.core.languages), without a restart.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "français"),
    ("es", "español"),
    ("pt", "português"),
    ("it", "italiano"),
    ("de", "Deutsch"),
    ("ca", "català"),
    ("ar", "العربية"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LANGUAGES_BIDI = [code for code in LANG_INFO if LANG_INFO[code].get("bidi")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
FORMAT_MODULE_PATH = "cms.core.formats"
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
# Pages name files with their hash only; compressing each twice would double what a first start costs.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_URL = "/media/"
MEDIA_ROOT = env.MEDIA_ROOT
STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.core.static_files.LeanStaticFilesStorage"},
}
if env.S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.S3_BUCKET,
            "endpoint_url": env.S3_ENDPOINT_URL or None,
            "access_key": env.S3_ACCESS_KEY or None,
            "secret_key": env.S3_SECRET_KEY or None,
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long document's editor posts many
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = [
    "cms.media.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cms.accounts.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"  # a member comes to the desk: see cms.accounts.adapter
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "cms.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_USERNAME_VALIDATORS = "cms.accounts.names.username_validators"
ACCOUNT_USER_DISPLAY = "cms.accounts.adapter.user_display"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, nowhere else
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Ancrage] "
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "cms.accounts.forms.LoginForm",
    "signup": "cms.accounts.forms.SignupForm",
    "add_email": "cms.accounts.forms.AddEmailForm",
    "change_password": "cms.accounts.forms.ChangePasswordForm",
    "set_password": "cms.accounts.forms.SetPasswordForm",
    "reset_password": "cms.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "cms.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "cms.accounts.forms.ReauthenticateForm",
}
# Times/period/what is counted: the address of the machine, or the name or e-mail address that was typed.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "20/h/ip,5/h/key",
    "confirm_email": "1/3m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ancrage"
MFA_TOTP_TOLERANCE = 1  # clocks of phones are off by some seconds
MFA_FORMS = {
    "authenticate": "cms.accounts.forms.AuthenticateForm",
    "reauthenticate": "cms.accounts.forms.MfaReauthenticateForm",
    "activate_totp": "cms.accounts.forms.ActivateTOTPForm",
}

# --- Mail -------------------------------------------------------------------------------------

EMAIL_TIMEOUT = 30  # seconds; a server that does not answer must not hold the worker
vars().update(env.EMAIL)
NOTIFICATION_DELAY = env.NOTIFICATION_DELAY
DIGEST_HOUR = env.DIGEST_HOUR
DEFAULT_FROM_EMAIL = SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = env.DEFAULT_FROM_EMAIL

# --- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Ancrage"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Attachment"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp"}
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "key",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "rtf",
    "txt",
    "xlsx",
    "zip",
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.PictureForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_CONTENT_TYPES = CONTENT_TYPES
WAGTAILEMBEDS_RESPONSIVE_HTML = False
WAGTAILADMIN_RECENT_EDITS_LIMIT = 8
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
# Whoever may read a page has an account: no page and no file is opened by a shared password.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "accounts/closed_page.html"
# A new account's password is chosen by its owner, through a link sent by mail.
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False  # what is published is the revision that was looked at
# Remarks hang on Wagtail's one line of drafts; authors have texts of their own, and read the editors' reason.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = (
    False  # what is in review is joined with what was published: see cms.wiki
)
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.wiki.finishing.publish_reviewed"
SEARCH_SECONDS = env.SEARCH_SECONDS
# The default serves the admin's lists too, and must answer whatever becomes of a server. Where there is a search server,
# what the site's readers search is asked of it (see search/backends/front.py).
WAGTAILSEARCH_BACKENDS: dict[str, dict] = {"default": {"BACKEND": "search.backends.database"}}
for _server, _url in (("elasticsearch", env.ELASTICSEARCH_URL), ("opensearch", env.OPENSEARCH_URL)):
    if _url:
        WAGTAILSEARCH_BACKENDS["server"] = {
            "BACKEND": f"search.backends.{_server}",
            "URLS": [_url],
            "INDEX_PREFIX": env.SEARCH_INDEX_PREFIX,
            "AUTO_UPDATE": False,  # written by search/services/telling.py
        }

TAGGIT_CASE_INSENSITIVE = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link", "hr"]},
    }
}

# --- Map --------------------------------------------------------------------------------------

# No tiles by default: no third party learns who reads. The map then draws its own ground.
MAP_TILES_URL = env.MAP_TILES_URL
MAP_TILES_ATTRIBUTION = env.MAP_TILES_ATTRIBUTION

# --- Safety -----------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "cms.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "cms.core.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"ancrage": {"level": "INFO"}},
}

# Wide enough to name every supported language in itself, whoever reads.
LANGUAGE_NAMES = {code: str(name) for code, name in LANGUAGES}
SITE_TAGLINE = _("What works, written down by those who make it")
SILENCED_SYSTEM_CHECKS: list[str] = []
