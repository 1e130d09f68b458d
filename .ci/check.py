"""`make check`: everything that can be said about the code without running it. All, then the verdict."""

import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CODE = ["cms", "home", "initiatives", "forum", "search", "tests", "manage.py", ".ci"]
APPS = CODE[:5]
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports_command as main; sys.exit(main(['--no-cache']))"
)

CHECKS = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", *CODE],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", *CODE],
    "import contracts": [PYTHON, "-c", LINT_IMPORTS],
    "settings": [*MANAGE, "check", "--fail-level", "WARNING"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "templates": [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
    "architecture": [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture"],
    "translations": [*MANAGE, "messages", "check"],
    "types": [PYTHON, "-m", "mypy", *APPS],
}


def main(chosen):
    # The checks ask about the code, whatever this machine's own settings are.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "PYTHONWARNINGS": "ignore"}
    failed = []
    for name in chosen or CHECKS:
        print("%s ..." % name, end="", flush=True)
        begun = time.monotonic()
        result = subprocess.run(
            CHECKS[name],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        print(
            " %s (%.0f s)" % ("failed" if result.returncode else "ok", time.monotonic() - begun), flush=True
        )
        if result.returncode:
            failed.append(name)
            print(result.stdout.rstrip())
    if failed:
        sys.exit("\nFailed: " + ", ".join(failed))
    print("All checks passed.")


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(CHECKS)
    if unknown:
        sys.exit("Known checks: " + ", ".join(CHECKS))
    main(sys.argv[1:])
