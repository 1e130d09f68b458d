"""What happens to tests that need what is not here: tried in a pytest of its own."""

import os
import subprocess
import sys

import pytest

NEEDY = """
import pytest

pytest_plugins = ["tests.plugins.services"]

@pytest.mark.browser
def test_journey(): pass

@pytest.mark.service("redis")
def test_cache(): pass

def test_plain(): pass
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.plugins.services"]\n')
    (tmp_path / "test_needy.py").write_text(
        NEEDY.replace('pytest_plugins = ["tests.plugins.services"]\n', "")
    )

    def run(**environment):
        return subprocess.run(
            [sys.executable, "-m", "pytest", "--rootdir", tmp_path, "-c", "/dev/null",
             "--ds=cms.settings.test", "-p", "no:cacheprovider", "-W", "ignore", tmp_path],
            env={**os.environ, "REDIS_URL": "", "CHROMIUM": "/no/such/browser", "CI": "", **environment},
            capture_output=True, text=True,
        )  # fmt: skip

    return run


def test_left_out_by_name_at_the_end(run):
    result = run()
    assert result.returncode == 0, result.stdout + result.stderr
    end = result.stdout.split("Not run here")[1]
    assert "no Chromium" in end
    assert "test_needy.py::test_journey" in end
    assert "redis: REDIS_URL is not set: 1 tests" in end
    assert "1 passed, 2 skipped" in end


def test_a_failure_under_ci(run):
    result = run(CI="true")
    assert result.returncode == 1
    assert "1 passed, 2 errors" in result.stdout
    assert "under CI every test has to run" in result.stdout
