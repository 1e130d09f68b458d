"""Prints the cookie of a session of one of the benchmark's people, in the database of the environment.

python -m tests.benchmarks.session translator | member | writer
"""

import sys
from importlib import import_module


def user_name(visitor: str) -> str:
    from cms.demo.benchmark_forum import READER, WRITER
    from cms.demo.benchmark_translations import NAME

    return {"translator": NAME, "member": READER, "writer": WRITER}[visitor]


def cookie(visitor: str) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from cms.accounts.models import User

    user = User.objects.get(username=user_name(visitor))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    import django

    django.setup()
    print(cookie(sys.argv[1]))  # noqa: T201
