"""`make services` starts a search server, or says why not: on another machine nobody sees its log."""

import importlib
import sys

import pytest

from tests.search.own_server import ROOT, free_port


@pytest.fixture
def services(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    module = importlib.import_module("services")
    monkeypatch.setattr(module, "FOLDER", str(tmp_path))
    monkeypatch.setitem(module.URLS, "opensearch", ("OPENSEARCH_URL", f"http://127.0.0.1:{free_port()}"))
    return module


def test_a_server_that_ends_before_it_answers_is_told_with_its_last_words(services, monkeypatch):
    dies = [sys.executable, "-c", "print('there is not enough memory'); raise SystemExit(1)"]
    monkeypatch.setattr(services.search_server, "command", lambda *_where: dies)
    with pytest.raises(SystemExit, match="ended before it answered(.|\n)*not enough memory"):
        services.start_search("opensearch")


def test_without_java_it_says_what_to_install(services, monkeypatch):
    monkeypatch.setattr(services.search_server, "javas", dict)
    with pytest.raises(SystemExit, match="apt-get install default-jdk-headless maven"):
        services.start_search("opensearch")
