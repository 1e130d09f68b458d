"""Several programs under one roof: a dead one comes again, all stop together, each by its own pid."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import time

from cms.core.supervisor import Child, Supervisor, pause_after

LASTING = "import signal, time; print('up', flush=True); signal.pause()"


def python(source: str) -> list[str]:
    return [sys.executable, "-c", source]


def test_pauses_grow_and_end_at_half_a_minute():
    assert [pause_after(deaths) for deaths in (1, 2, 3, 4, 5, 6, 20)] == [1, 2, 4, 8, 16, 30, 30]


def test_prefixes_output_says_when_ready_and_stops_all_on_a_signal():
    out = io.StringIO()
    children = [Child("web", python(LASTING)), Child("scheduler", python(LASTING))]

    def ready():
        out.write("READY\n")
        os.kill(os.getpid(), signal.SIGTERM)

    supervisor = Supervisor(
        children, out=out, tick=0.02, on_ready=ready, is_ready=lambda: out.getvalue().count("up") == 2
    )
    assert supervisor.run() == 0
    lines = out.getvalue().splitlines()
    assert "web       | up" in lines
    assert "scheduler | up" in lines
    assert lines.count("READY") == 1
    assert [child.running.returncode for child in children] == [-signal.SIGTERM] * 2


def test_a_child_that_dies_is_started_again_after_a_pause(monkeypatch):
    monkeypatch.setattr("cms.core.supervisor.pause_after", lambda deaths: 0.05 * deaths)
    out = io.StringIO()
    pids = []
    child = Child("worker", python(LASTING))
    steady = Child("web", python(LASTING))

    def look() -> bool:
        if child.alive and child.running.pid not in pids:
            pids.append(child.running.pid)
            if len(pids) < 3:
                os.kill(pids[-1], signal.SIGKILL)
        return len(pids) == 3

    supervisor = Supervisor([child, steady], out=out, tick=0.02, is_ready=look)
    supervisor.on_ready = lambda: supervisor.ask_to_stop(None, None)
    assert supervisor.run() == 0
    assert len(set(pids)) == 3
    assert out.getvalue().count("worker ended (code -9)") == 2
    assert steady.deaths == 0


def test_gives_up_where_nothing_ever_starts(monkeypatch):
    monkeypatch.setattr("cms.core.supervisor.pause_after", lambda deaths: 0.01)
    out = io.StringIO()
    broken = Child("web", python("raise SystemExit('no such setting')"))
    assert Supervisor([broken], out=out, tick=0.01, is_ready=lambda: False).run() == 1
    assert "no such setting" in out.getvalue()
    assert "Given up" in out.getvalue()


def test_one_that_does_not_listen_is_ended(monkeypatch):
    monkeypatch.setattr("cms.core.supervisor.PATIENCE", 0.2)
    out = io.StringIO()
    deaf = Child(
        "web",
        python(
            "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
        ),
    )
    supervisor = Supervisor([deaf], out=out, tick=0.02, is_ready=lambda: "up" in out.getvalue())
    supervisor.on_ready = lambda: supervisor.ask_to_stop(None, None)
    assert supervisor.run() == 0
    assert deaf.running.returncode == -signal.SIGKILL
    assert "did not stop by itself" in out.getvalue()


def test_children_end_with_a_supervisor_that_is_killed_outright(tmp_path):
    source = textwrap.dedent(f"""
        import sys
        from cms.core.supervisor import Child, Supervisor
        child = Child("web", [sys.executable, "-c", {LASTING!r}])
        supervisor = Supervisor([child], tick=0.02, on_ready=lambda: print(child.running.pid, flush=True))
        supervisor.run()
    """)
    process = subprocess.Popen(python(source), stdout=subprocess.PIPE, text=True)
    pid = next(int(line) for line in process.stdout if line.strip().isdigit())
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not os.path.exists(f"/proc/{pid}")
