"""A question to a search server is one request, also where it fails: who asks decides whether to ask again."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from search.backends import front
from search.breaker import Breaker
from search.engines import Asked, Word


@pytest.fixture(params=["opensearch", "elasticsearch"])
def broken_server(request, settings, monkeypatch):
    """(the name of a server that answers 503 whatever it is asked, the paths it was asked)."""
    paths = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            paths.append(self.path)
            self.rfile.read(int(self.headers.get("content-length", 0)))
            body = b'{"error": "not now", "status": 503}'
            self.send_response(503)
            self.send_header("content-type", "application/json")
            self.send_header("x-elastic-product", "Elasticsearch")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *args):
            """Nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {
        front.SERVER: {
            "BACKEND": f"search.backends.{request.param}",
            "URLS": [f"http://127.0.0.1:{listening.server_port}"],
            "INDEX_PREFIX": "test",
        }
    }
    monkeypatch.setattr(front, "breaker", Breaker())
    front.server.cache_clear()
    yield paths
    front.server.cache_clear()
    listening.shutdown()
    thread.join()
    listening.server_close()


@pytest.mark.django_db
def test_a_question_that_fails_is_one_request_and_the_database_answers(broken_server):
    hits = front.engine().answer(Asked(words=(Word("savings"),)))
    assert len(broken_server) == 1
    assert hits.degraded
    assert not front.breaker.closed
