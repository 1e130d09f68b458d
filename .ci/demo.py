"""`make demo`: checks the machine, makes the environment, and hands over to `manage.py demo`.

Needs nothing but a Python: this file must also parse on an old one.
"""

import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import environment  # noqa: E402


def setting(name, default):
    """The variable, else its line in `.env`: the port is needed before anything is installed."""
    if name in os.environ:
        return os.environ[name]
    try:
        with open(os.path.join(environment.ROOT, ".env")) as file:
            for line in file:
                key, _, value = line.partition("=")
                if key.strip() == name:
                    return value.strip().strip("\"'")
    except OSError:
        pass
    return default


def check_port():
    given = setting("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        environment.stop("PORT must be a number between 1 and 65535, not '%s'." % given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except OSError as error:
            environment.stop(
                "Port %s cannot be used (%s).\nStop what uses it, or choose another: make demo PORT=%d"
                % (given, error.strerror, int(given) % 65000 + 1)
            )


if __name__ == "__main__":
    os.chdir(environment.ROOT)
    environment.check_machine()
    check_port()
    environment.make_environment(dev=False)
    os.environ.update(DJANGO_SETTINGS_MODULE="cms.settings.production", DEMO="1", DEBUG="0")
    os.execv(environment.PYTHON, [environment.PYTHON, "manage.py", "demo"])
