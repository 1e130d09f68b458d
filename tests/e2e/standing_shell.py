"""A process of the server's kind that runs what tests send it: to start Django for each of them costs seconds.

Each line it reads is a piece of Python, as JSON; it answers with a line: what that printed, and how it failed, if it did.
"""

import contextlib
import io
import json
import sys
import traceback

import django
from django.db import close_old_connections
from django.utils import translation


def run(code: str) -> tuple[str, str]:
    printed, failure = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(printed), translation.override(None):
            exec(compile(code, "<test>", "exec"), {})
    except Exception:
        failure = traceback.format_exc()
    close_old_connections()
    return printed.getvalue(), failure


if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
