"""Makes `.venv` and keeps it up to date. Needs nothing but a Python: this file must also parse on an old one.

python3 .ci/environment.py [--dev]
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)


def stop(message):
    sys.exit("\n" + message + "\n")


def say(message):
    print(message, flush=True)


def check_machine():
    """Say plainly what is missing, before anything is written."""
    if sys.version_info[:2] < OLDEST:
        have = ".".join(str(part) for part in sys.version_info[:3])
        stop(
            "Ancrage needs Python %d.%d or newer; this one (%s) is %s.\n"
            "Install a newer Python, or name one: make demo PYTHON=python3.11"
            % (OLDEST + (sys.executable, have))
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop(
            "This Python (%s) lacks its 'venv' module.\n"
            "On Debian or Ubuntu: apt-get install python%d.%d-venv"
            % ((sys.executable,) + sys.version_info[:2])
        )


def requirements(dev):
    import tomllib

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        project = tomllib.load(file)["project"]
    return project["dependencies"] + (project["optional-dependencies"]["dev"] if dev else [])


def fingerprint(dev):
    """Changes when a dependency, a pinned version or the Python does: only then is anything installed."""
    digest = hashlib.sha256("\n".join(requirements(dev)).encode())
    with open(os.path.join(ROOT, "constraints.txt"), "rb") as file:
        digest.update(file.read())
    digest.update(sys.version.encode())
    return digest.hexdigest()


def stamp(dev):
    return os.path.join(VENV, ".installed-%s" % ("dev" if dev else "main"))


def is_current(dev):
    try:
        with open(stamp(dev)) as file:
            return file.read() == fingerprint(dev) and os.path.exists(PYTHON)
    except OSError:
        return False


def works():
    """False for an environment that was interrupted, or whose Python has left the machine."""
    try:
        return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment(dev):
    if is_current(dev) or (not dev and is_current(True)):
        return
    if not works():
        say("Making the environment in .venv ...")
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([sys.executable, "-m", "venv", VENV]):
            stop("The environment could not be made (see above).")
    say("Installing packages into .venv (about a minute, needs the network) ...")
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.call(install + ["-c", os.path.join(ROOT, "constraints.txt")] + requirements(dev)):
        stop("Packages could not be installed (see above). Is the network there?")
    with open(stamp(dev), "w") as file:
        file.write(fingerprint(dev))


if __name__ == "__main__":
    check_machine()
    make_environment("--dev" in sys.argv[1:])
