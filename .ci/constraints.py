"""`make constraints`: the newest versions that pyproject.toml allows, tried in an empty environment.

To be followed by `make check` and `make test`.
"""

import os
import subprocess
import sys
import tempfile
import tomllib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HEAD = """\
# The versions everything is tried with: `pip freeze` of a clean environment made from pyproject.toml with
# all its extras. `make constraints` makes it anew. No hashes, no index, no hosts.
"""

with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
    project = tomllib.load(file)["project"]
wanted = project["dependencies"] + [
    each for extra in project["optional-dependencies"].values() for each in extra
]
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [os.path.join(folder, "bin", "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", *wanted], check=True)
    frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout
if "@" in frozen:
    sys.exit("A package came from a file or an address, not from an index:\n" + frozen)
with open(os.path.join(ROOT, "constraints.txt"), "w") as file:
    file.write(HEAD + frozen)
print(f"constraints.txt: {len(frozen.splitlines())} packages")
