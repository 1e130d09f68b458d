"""The bench's own arithmetic, and its generator against a small server."""

import http.server
import itertools
import threading

import pytest

from tests.benchmarks import report
from tests.benchmarks.catalogue import Row
from tests.benchmarks.load import Load, read_wrk, run_python


def measured(name, size, *multiples, **wanted):
    each = report.Measured(Row(name, "/", **wanted), size)
    load = Load(100, 1.0, 5.0, 9.0)
    each.runs = [
        report.Run(load, cpu=multiple * 2, bare_cpu=2, bare_per_second=400, peak=80) for multiple in multiples
    ]
    return each


def test_the_median_run_counts():
    assert measured("page", 30, 9, 2, 4).multiple == 4


@pytest.mark.parametrize(("large", "verdict"), [(11, True), (14, True), (16, False), (26, False)])
def test_a_row_reaches_its_target_only_with_its_growth(large, verdict):
    rows = [
        measured("library", 30, 10, target=25, growth=1.5),
        measured("library", 5000, large, target=25, growth=1.5),
    ]
    told = report.verdicts(rows)
    assert told["library", 30] == ("≤ 25", True)
    assert told["library", 5000] == ("≤ 25, ≤ 1.5 × 10.0", verdict)


def test_a_target_may_be_for_a_small_site_alone():
    rows = [
        measured("search", size, multiple, target=30, of_small=True)
        for size, multiple in ((30, 31), (5000, 99))
    ]
    assert report.verdicts(rows) == {("search", 30): ("≤ 30", False)}


def test_a_page_for_a_member_is_measured_by_the_same_page_for_nobody():
    rows = [
        measured("topic", 10_000, 10, target=18),
        measured("topic, signed in", 10_000, 16, beside="topic"),
        measured("topic", 1_000_000, 12, target=18, growth=1.3),
        measured("topic, signed in", 1_000_000, 17, beside="topic", growth=1.3),
    ]
    told = report.verdicts(rows)
    assert told["topic, signed in", 10_000] == ("≤ 1.5 × 10.0", False)
    assert told["topic, signed in", 1_000_000] == ("≤ 1.3 × 16.0, ≤ 1.5 × 12.0", True)


def test_rows_of_databases_of_other_sizes_do_not_meet():
    rows = [measured("library", 30, 10, growth=1.5), measured("topic", 10_000, 90, growth=1.3)]
    assert report.verdicts(rows) == {}


def test_the_table_says_what_was_not_reached():
    table = report.markdown([measured("home", 30, 30, target=25)], ["A note."])
    heading, _rule, row, *rest = table.splitlines()
    assert heading.count("|") == row.count("|") == len(report.HEADINGS) + 1
    assert "NOT reached" in row
    assert "0.250" in row  # of the bare view's requests per second
    assert "A note." in rest


def test_what_wrk_prints_is_read():
    printed = """Running 2s test @ http://127.0.0.1:8000/
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.18ms  602.59us   9.68ms   83.41%
  Latency Distribution
     50%  998.00us
     75%    1.46ms
     99%    1.20s
  13628 requests in 2.01s, 9.55MB read
Requests/sec:   6790.62
"""
    assert read_wrk(printed) == Load(13628, 2.01, 0.998, 1200.0)
    with pytest.raises(RuntimeError):
        read_wrk(printed + "  Non-2xx or 3xx responses: 4\n")


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200 if self.path == "/page" else 500)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x" * 1000)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def port():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_the_generator_counts_answers_and_refuses_errors(port):
    done = run_python(port, "/page", {"X-Uncached": "1"}, 0.2)
    assert done.requests > 8
    assert 0 < done.p50 <= done.p99
    with pytest.raises(RuntimeError, match="500"):
        run_python(port, "/broken", {}, 0.2)


def test_a_form_is_sent_another_each_time(port, monkeypatch):
    bodies: list[bytes] = []

    def take(handler):
        bodies.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        handler.send_response(302)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    monkeypatch.setattr(Page, "do_POST", take, raising=False)
    numbers = itertools.count()
    done = run_python(port, "/page", {}, 0.2, form=lambda: f"number={next(numbers)}")
    assert len(set(bodies)) == len(bodies) >= done.requests > 8
