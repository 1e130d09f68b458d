"""What people type and set is documented: variables, make targets, commands. One file reads the variables."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "home", "initiatives", "forum", "search")
ENV_FILE = ROOT / "cms" / "settings" / "env.py"
# These start the project: they name the settings, and read nothing.
STARTERS = {"cms/wsgi.py", "cms/asgi.py", "cms/core/supervisor.py"}
# Read by compose.yaml, not by the project.
TOOL_VARIABLES = {"POSTGRES_PASSWORD"}


def variables_read() -> set[str]:
    calls = (node for node in ast.walk(ast.parse(ENV_FILE.read_text())) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def variables_documented() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def own_commands() -> set[str]:
    return {
        path.stem
        for app in APPS
        for path in (ROOT / app).rglob("management/commands/*.py")
        if path.stem != "__init__"
    }


def test_every_variable_is_in_the_example_and_the_other_way_round():
    assert len(variables_read()) > 15
    assert variables_read() == variables_documented() - TOOL_VARIABLES


def test_the_environment_is_read_in_one_file():
    readers = [
        path.relative_to(ROOT).as_posix()
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if path != ENV_FILE
        and re.search(r"\bos\.(environ|getenv)\b|\bEnv\(", path.read_text(encoding="utf-8"))
    ]
    assert sorted(set(readers) - STARTERS) == []


def test_every_make_target_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    assert {"demo", "test", "check"} <= make_targets()
    assert sorted(target for target in make_targets() if f"make {target}" not in readme) == []


def test_every_command_is_documented_for_those_who_run_the_site():
    text = (ROOT / "docs" / "operations.md").read_text()
    assert sorted(name for name in own_commands() if f"`{name}" not in text) == []


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_every_command_explains_itself(name):
    from django.core.management import get_commands, load_command_class

    assert len(load_command_class(get_commands()[name], name).help) > 40
