"""Glossary terms are found as they are inflected, and nothing else is taken for them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.translations.terms import Term, TermIndex, forbidden_forms, missing_terms
from tests.cpu import pieces

FOUND = [
    ("fr", "économie", "L’économie sociale"),
    ("fr", "économie", "des économies locales, d'économie"),
    ("fr", "pacte local", "Les pactes locaux se signent ici."),
    ("fr", "local", "une solution locale"),
    ("fr", "travail", "les travaux en cours"),
    ("fr", "citoyen", "les citoyennes et leur ville"),
    ("fr", "coopératif", "une banque coopérative"),
    ("fr", "nouveau", "une nouvelle école"),
    ("fr", "essaimer", "Ces projets ont essaimé partout."),
    ("fr", "mise en œuvre", "la mise en oeuvre du pacte"),
    ("fr", "chef-d'œuvre", "un chef\u2011d’œuvre"),
    ("fr", "élu", "les élues de la commune"),
    ("fr", "réseau", "les réseaux de villes"),
    ("fr", "savoir-faire", "le savoir faire des artisans"),
    ("fr", "marché", "Les marchés de plein air"),
    ("en", "stakeholder", "All Stakeholders’ views"),
    ("en", "policy", "public policies"),
    ("en", "community", "our communities"),
    ("en", "analysis", "two analyses"),
    ("en", "scale up", "they scaled up the model"),
    ("en", "scale up", "scaling up is hard"),
    ("en", "local pact", "the local pacts"),
    ("en", "café", "at the cafe"),
    ("es", "acción", "las acciones comunes"),
    ("es", "joven", "los jóvenes del barrio"),
    ("es", "voz", "muchas voces"),
    ("es", "pacto local", "Los pactos locales"),
    ("es", "público", "la educación pública"),
    ("es", "inglés", "las inglesas y los ingleses"),
    ("es", "red", "redes de ciudades"),
    ("pt", "ação", "as ações locais"),
    ("pt", "local", "produtos locais"),
    ("pt", "homem", "homens e mulheres"),
    ("pt", "cidadão", "os cidadãos"),
    ("pt", "português", "as cidades portuguesas"),
    ("pt", "pacto local", "pactos locais"),
    ("de", "Gemeinde", "in den Gemeinden"),
    ("de", "Stadt", "alle Städte"),
    ("de", "Garten", "Gärten für alle"),
    ("de", "Maßnahme", "die MASSNAHMEN"),
    ("de", "Haus", "viele Häuser"),
    ("de", "lokaler Pakt", "die lokalen Pakte"),
    ("it", "politica pubblica", "le politiche pubbliche"),
    ("it", "patto", "i patti"),
    ("it", "città", "nelle città d’Europa"),
    ("it", "amico", "gli amici"),
    ("it", "azione", "dell'azioni"),
    ("ar", "اقتصاد", "هذا هو الاقتصاد المحلي"),
    ("ar", "اقتصاد", "والاقتصاد والتنمية"),
    ("ar", "مدينة", "في المدينة"),
    ("ar", "جمعية", "الجمعيات المحلية"),
    ("ar", "تعاون", "بالتعاون مع"),
    ("ar", "ميثاق", "الميثاقُ المحلّي"),
    ("nl", "gemeente", "de GEMEENTE"),
    ("zh", "地方协议", "这是地方协议的例子"),
    ("ja", "協定", "地域協定です"),
    ("ja", "ガイド", unicodedata.normalize("NFD", "このガイドは")),
    ("th", "ท้องถิ่น", "ข้อตกลงท้องถิ่นของเรา"),
    ("ko", "협약", "지역협약을"),
    ("en", "NGO", "NGOs and towns"),
]

NOT_FOUND = [
    ("fr", "marché", "Je marche, tu marches."),
    ("fr", "marche", "le marché, les marchés"),
    ("fr", "financement", "les finances de la ville"),
    ("fr", "coopératif", "la coopération"),
    ("fr", "pacte", "compacte, impact"),
    ("fr", "pacte local", "Le pacte, local et vert"),
    ("fr", "territoire", "l'action territoriale"),
    ("fr", "pêche", "le péché"),
    ("fr", "citoyen", "la citoyenneté"),
    ("en", "university", "the universe, universal"),
    ("en", "training", "a train, trains"),
    ("en", "pact", "compact, impacts"),
    ("en", "organisation", "they organise organs"),
    ("en", "IT", "it is what it is"),
    ("es", "ciudadano", "la ciudadanía"),
    ("es", "público", "yo publico esto"),
    ("pt", "avó", "o avô"),
    ("it", "metà", "la meta"),
    ("it", "cooperativa", "la cooperazione"),
    ("de", "schön", "Er ist schon da."),
    ("de", "Bürger", "Die Burg"),
    ("nl", "gemeente", "de gemeenten"),
    ("zh", "API", "使用APIs"),
    ("en", "...", "What... now"),
]


def index(language, *forms):
    return TermIndex([Term("k", language, forms)], language)


@pytest.mark.parametrize(("language", "form", "text"), FOUND)
@pytest.mark.parametrize("form_of_unicode", ["NFC", "NFD"])
def test_a_term_is_found_as_it_is_inflected(language, form, text, form_of_unicode):
    text = unicodedata.normalize(form_of_unicode, text)
    assert index(language, form).find(text), (form, text)


@pytest.mark.parametrize(("language", "form", "text"), NOT_FOUND)
def test_another_word_is_not_taken_for_a_term(language, form, text):
    assert not index(language, form).find(text), (form, text)


def test_the_longest_term_wins_and_places_are_of_the_text():
    terms = [Term("e", "fr", ("économie",)), Term("ess", "fr", ("économie sociale et solidaire", "ESS"))]
    text = "Dans l’économie sociale et solidaire (ESS), l’économie…"
    found = TermIndex(terms, "fr-CA").find(text)
    assert [(o.term.key, text[o.start : o.end]) for o in found] == [
        ("ess", "économie sociale et solidaire"),
        ("ess", "ESS"),
        ("e", "économie"),
    ]


def test_terms_of_other_languages_are_left_out():
    assert not TermIndex([Term("k", "en", ("pact",))], "fr").find("pact")


PACT = Term("pact", "en", ("local pact",), ("pacte local",), forbidden=("contrat local", "pacte"))


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        ("Les pactes locaux", False),
        ("Le pacte est local", False),
        ("LE PACTE LOCAL", False),
        ("Un accord de la ville", True),
        ("", True),
    ],
)
def test_a_term_is_missing_where_no_form_of_it_stands(target, missing):
    terms = TermIndex([PACT], "en")
    assert missing_terms("All local pacts", target, terms, "fr") == ([PACT] if missing else [])
    assert missing_terms("All towns", target, terms, "fr") == []


def test_words_made_from_the_counterpart_count():
    term = Term("k", "en", ("participation",), ("participation",))
    assert not missing_terms(
        "Participation of all", "Une démarche participative.", TermIndex([term], "en"), "fr"
    )


def test_nothing_is_missing_where_words_have_no_spaces():
    term = Term("k", "en", ("pact",), ("协议",))
    assert not missing_terms("A pact", "一个", TermIndex([term], "en"), "zh-hans")
    term = Term("k", "ja", ("協定",), ("pacte",))
    assert not missing_terms("地域協定です", "Accord", TermIndex([term], "ja"), "fr")


def test_a_kept_term_stays_as_it_is():
    terms = TermIndex([Term("k", "en", ("Ancrage",), keep=True)], "en")
    assert [t.key for t in missing_terms("Ancrage helps", "L’ancre aide", terms, "fr")] == ["k"]
    assert not missing_terms("Ancrage helps", "Ancrage aide", terms, "fr")


def test_a_form_not_to_use():
    terms = TermIndex([PACT], "en")
    target = "Les contrats locaux, puis le pacte local"
    found = forbidden_forms(target, "The local pact", terms, "fr")
    assert [target[f.start : f.end] for f in found] == ["contrats locaux"]
    assert forbidden_forms("Un pacte", "The local pact", terms, "fr")
    assert not forbidden_forms("Un contrat local", "A local contract", terms, "fr"), "the term is not meant"


def test_a_form_refused_for_one_term_is_allowed_where_another_means_it():
    other = Term("c", "en", ("contract",), ("contrat local",))
    terms = TermIndex([PACT, other], "en")
    assert not forbidden_forms("Un contrat local, un pacte local", "A contract, a local pact", terms, "fr")


@settings(max_examples=150, deadline=None)
@given(
    st.text(), st.lists(st.text(), max_size=4), st.sampled_from(["fr", "en", "ar", "zh", "de", "pt", "xx"])
)
def test_any_text_and_any_term_can_be_asked(text, forms, language):
    found = index(language, *forms).find(text)
    assert all(0 <= o.start < o.end <= len(text) for o in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_many_terms_in_a_segment_are_found_at_once():
    terms = [Term(str(n), "fr", (f"mot{n} composé", f"pacte numéro {n}")) for n in range(500)]
    built = TermIndex(terms, "fr")
    text = " ".join(f"les pactes numéros {n} et mots{n}" for n in range(10))
    assert len(built.find(text)) == 10
    assert pieces(lambda: [built.find(text) for _ in range(100)])[0] < 100


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a " * 50_000, "a" + " " * 100_000, "l'" * 50_000, "é\u0301" * 50_000]
)
def test_long_texts_take_time_in_proportion(text):
    assert pieces(lambda: index("fr", "a a a b").find(text))[0] < 250
