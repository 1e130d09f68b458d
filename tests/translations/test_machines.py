"""Machine translation: what is asked, what is taken of the answer, and what is said when there is none."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from cms.translations.machines import MachineFault, chosen_machine, translate_segment
from cms.translations.machines.asking import accepted
from cms.translations.machines.http import Refused, Unreachable, ask
from cms.translations.machines.services import DeepL, Dummy, LibreTranslate

SOURCE = 'In a <b>mill</b> &amp; a <a id="a1">plan</a>.'


class Service:
    """A server on this machine that answers as it is told, and keeps what it was asked."""

    def __init__(self):
        self.asked: list[tuple[str, dict, dict]] = []
        self.answer = lambda data: {}
        self.status, self.raw, self.drip = 200, None, 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append((self.path, dict(self.headers), data))
                body = outer.raw if outer.raw is not None else json.dumps(outer.answer(data)).encode()
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", f"{outer.address}/elsewhere")
                self.end_headers()
                try:
                    self.send(body)
                except OSError:
                    return  # the other end was tired of waiting

            def send(self, body):
                if not outer.drip:
                    self.wfile.write(body)
                while outer.drip and not outer.closing.wait(outer.drip):
                    self.wfile.write(b" ")
                    self.wfile.flush()

            def log_message(self, *_args):
                return

        self.closing = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.thread.start()

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def service():
    cache.clear()
    service = Service()
    yield service
    service.close()


def test_deepl_is_asked_as_it_wants_to_be(service):
    service.answer = lambda data: {"translations": [{"text": f"FR {text}"} for text in data["text"]]}
    machine = DeepL("secret:fx", service.address)
    assert machine.translate([SOURCE, "Two"], "en", "fr") == [f"FR {SOURCE}", "FR Two"]
    ((path, headers, data),) = service.asked
    assert path == "/v2/translate"
    assert headers["Authorization"] == "DeepL-Auth-Key secret:fx"
    assert data == {"text": [SOURCE, "Two"], "source_lang": "EN", "target_lang": "FR", "tag_handling": "html"}
    machine.translate(["x"], "pt-br", "en")
    assert (service.asked[1][2]["source_lang"], service.asked[1][2]["target_lang"]) == ("PT", "EN-GB")


def test_deepl_gets_no_more_texts_at_once_than_it_takes(service):
    service.answer = lambda data: {"translations": [{"text": text.upper()} for text in data["text"]]}
    texts = [f"t{number}" for number in range(120)]
    assert DeepL("k", service.address).translate(texts, "en", "fr") == [text.upper() for text in texts]
    assert [len(data["text"]) for _path, _headers, data in service.asked] == [50, 50, 20]


def test_where_deepl_is_depends_on_the_key():
    assert DeepL("abc:fx").address == "https://api-free.deepl.com"
    assert DeepL("abc").address == "https://api.deepl.com"


def test_libretranslate_is_asked_as_it_wants_to_be(service):
    service.answer = lambda data: {"translatedText": [f"FR {text}" for text in data["q"]]}
    assert LibreTranslate(service.address).translate([SOURCE], "en", "fr") == [f"FR {SOURCE}"]
    LibreTranslate(service.address, "key").translate(["x"], "en", "fr")
    (path, _headers, data), (_path, _more, keyed) = service.asked
    assert path == "/translate"
    assert data == {"q": [SOURCE], "source": "en", "target": "fr", "format": "html"}
    assert keyed["api_key"] == "key"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "does not accept the site's key"),
        (429, "too often"),
        (456, "used up"),
        (400, "does not translate this text"),
        (500, "cannot answer now"),
        (302, "cannot answer now"),
    ],
)
def test_errors_are_told_plainly_and_never_the_key(service, status, said):
    service.status, service.raw = status, b'{"error": "secret details"}'
    with pytest.raises(MachineFault) as fault:
        DeepL("the-key", service.address).translate(["x"], "en", "fr")
    assert said in str(fault.value)
    assert "the-key" not in str(fault.value)
    assert "secret details" not in str(fault.value)
    assert len(service.asked) == 1  # a redirection is not followed: the key goes nowhere else


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"translations": null, "translatedText": null}',
        b'{"translations": [{"text": 3}], "translatedText": [3]}',
        b'{"translations": ["x"], "translatedText": "x"}',
        b'{"translations": [{"text": "a"}, {"text": "b"}], "translatedText": ["a", "b"]}',
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("kind", ["deepl", "libretranslate"])
def test_an_answer_that_is_none_is_refused(service, raw, kind):
    service.raw = raw
    machine = DeepL("k", service.address) if kind == "deepl" else LibreTranslate(service.address)
    with pytest.raises(MachineFault):
        machine.translate(["x"], "en", "fr")


@pytest.mark.parametrize("address", ["", "http://", "ftp://x", "http://127.0.0.1:1", "file:///etc/passwd"])
def test_nobody_there(address):
    with pytest.raises(MachineFault) as fault:
        LibreTranslate(address).translate(["x"], "en", "fr")
    assert "cannot be reached" in str(fault.value)


def test_a_service_that_drips_is_cut_off_in_time(service):
    service.drip = 0.05
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        ask(f"{service.address}/x", {}, connect=1, total=0.4)
    assert time.monotonic() - begun < 5


def test_refused_says_the_status(service):
    service.status = 418
    with pytest.raises(Refused) as refused:
        ask(f"{service.address}/x", {})
    assert refused.value.status == 418


class Saying:
    name = "Saying"

    def __init__(self, *answers: str):
        self.answers, self.times = list(answers), 0

    def translate(self, texts, source, target):
        self.times += 1
        return self.answers


def test_what_it_says_is_put_in_canonical_form():
    assert accepted("A <br/> b & c", "Un <BR> b & c") == "Un <br/> b &amp; c"
    assert accepted(SOURCE, 'Dans un <b>moulin</b> et un <a id="a1">plan</a>.').startswith("Dans un <b>")


@pytest.mark.parametrize(
    "answer",
    [
        "Dans un moulin et un plan.",  # lost the link
        'Dans <a id="a1">un</a> <a id="a1">plan</a>',
        'Dans <a id="a9">un plan</a>',
        '<a id="a1">x</a><script>alert(1)</script>',
        '<a id="a1" href="https://evil.example">x</a>',
        '<a id="a1">x</a><img src=x>',
        "",
        " ",
    ],
)
def test_what_may_not_stand_in_a_segment_is_refused(answer):
    with pytest.raises(MachineFault):
        accepted(SOURCE, answer)


def test_who_asks_again_does_not_pay_again():
    cache.clear()
    machine = Saying("Un")
    assert translate_segment(machine, "One", "en", "fr") == "Un"
    assert translate_segment(machine, "One", "en", "fr") == "Un"
    assert machine.times == 1
    translate_segment(machine, "One", "en", "es")
    assert machine.times == 2


def test_too_many_or_too_few_answers_are_none():
    cache.clear()
    for machine in (Saying(), Saying("Un", "Deux")):
        with pytest.raises(MachineFault):
            translate_segment(machine, "One", "en", "fr")


def test_too_long_a_segment_is_not_sent():
    machine = Saying("Un")
    with pytest.raises(MachineFault):
        translate_segment(machine, "x" * 10_001, "en", "fr")
    assert machine.times == 0


def test_the_settings_choose(settings):
    assert chosen_machine() is None
    settings.MACHINE_TRANSLATION = "dummy"
    assert isinstance(chosen_machine(), Dummy)
    settings.MACHINE_TRANSLATION, settings.MACHINE_TRANSLATION_KEY = "deepl", "k"
    assert isinstance(chosen_machine(), DeepL)
    settings.MACHINE_TRANSLATION = "libretranslate"
    settings.MACHINE_TRANSLATION_ADDRESS = "https://translate.example.org/"
    machine = chosen_machine()
    assert isinstance(machine, LibreTranslate)
    assert machine.address == "https://translate.example.org"
