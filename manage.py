#!/usr/bin/env python
"""Django's command line for Ancrage. `manage.py help` lists the commands."""

import gc
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    # Migrations and imports make millions of objects that live: walking them less often saves a third.
    gc.set_threshold(50_000, 20, 100)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
