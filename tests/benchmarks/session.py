"""Prints the cookie of a session of the benchmark's translator, in the database of the environment."""

from importlib import import_module


def cookie() -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from cms.accounts.models import User
    from cms.demo.benchmark_translations import NAME

    user = User.objects.get(username=NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    import django

    django.setup()
    print(cookie())  # noqa: T201
