"""What the checks say of a translation, and above all what they do not say."""

from html import escape

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.translations.checks import CODES, ERROR, WARNING, check
from cms.translations.terms import Term, TermIndex
from tests.cpu import pieces

N, T = "\u00a0", "\u202f"

TERMS = [
    Term("pact", "en", ("local pact",), ("pacte local",), forbidden=("contrat local",)),
    Term("ancrage", "en", ("Ancrage network",), keep=True),
    Term("commons", "en", ("the commons",), ("les communs",)),
]


def codes(source, target, languages="en fr", **given):
    source_language, target_language = languages.split()
    found = check(source, target, source_language=source_language, target_language=target_language, **given)
    return [finding.code for finding in found]


def raised(pair):
    return pytest.param(*pair, id=" | ".join(map(str, pair))[:90])


NAGS = [
    ("empty", "Hello there", "  ", "en fr"),
    ("empty", "Hello there", f"{N}<b> \u200b</b>", "en fr"),
    ("link_lost", 'See <a id="a1">here</a>', "Voir ici", "en fr"),
    ("link_lost", '<a id="a1">x</a> <a id="a2">y</a>', '<a id="a2">x</a> et y', "en fr"),
    ("link_unknown", 'See <a id="a1">here</a>', 'Voir <a id="a1">ici</a> <a id="a9">là</a>', "en fr"),
    ("link_repeated", 'See <a id="a1">here</a>', '<a id="a1">Voir</a> <a id="a1">ici</a>', "en fr"),
    ("link_silent", 'See <a id="a1">here</a>', 'Voir ici<a id="a1"> </a>', "en fr"),
    ("markup", "See here", "Voir <script>ici</script>", "en fr"),
    ("markup", "See here", 'Voir <b onclick="x()">ici</b>', "en fr"),
    ("markup", 'See <a id="a1">here</a>', '<a id="a1" href="x">Voir</a>', "en fr"),
    ("markup", "See <b>here</b>", "Voir <b>ici", "en fr"),
    ("markup", "See <b>here</b>", "Voir <b><i>ici</b></i>", "en fr"),
    ("markup", "See here", "Voir <!-- ici -->", "en fr"),
    ("markup", "See here", "1 < 2", "en fr"),
    ("term_forbidden", "A local pact", "Des contrats locaux", "en fr"),
    ("same_as_source", "Who does what", "Who does what", "en fr"),
    ("same_as_source", "Local <b>pacts</b>", "Local <b>pacts</b>", "en fr"),
    ("same_as_source", "地方协议的例子", "地方协议的例子", "zh fr"),
    ("numbers", "In 2009", "En 2010", "en fr"),
    ("numbers", "Of 15% of people", "Des gens", "en fr"),
    ("numbers", "3 years", "4 ans", "en fr"),
    ("numbers", "1,234.5 tons", "1.234 toneladas", "en es"),
    ("numbers", "1,234 towns", "1,234 villes", "en fr"),
    ("numbers", "250 towns", "des villes", "en fr"),
    ("numbers", "In 2009", "في ٢٠١٠", "en ar"),
    ("end_punctuation", "It works.", "Ça marche", "en fr"),
    ("end_punctuation", "It works", "Funciona.", "en es"),
    ("end_punctuation", "Does it work?", "¿Funciona.", "en es"),
    ("end_punctuation", "“It works.”", f"«{N}Ça marche{N}»", "en fr"),
    ("end_punctuation", "It works.", "可以", "en zh"),
    ("end_punctuation", "And then…", "Et puis.", "en fr"),
    ("spanish_marks", "Does it work?", "Funciona?", "en es"),
    ("spanish_marks", "Hello! Does it work?", "¡Hola! Funciona?", "en es"),
    ("question_mark", "Does it work?", "هل يعمل?", "en ar"),
    ("question_mark", "Does it work?", "Λειτουργεί?", "en el"),
    ("french_spacing", "Does it work?", "Ça marche?", "en fr"),
    ("french_spacing", "Does it work?", "Ça marche ?", "en fr"),
    ("french_spacing", "Note: it works", "Note: ça marche", "en fr"),
    ("french_spacing", "“It” works", "« Ça » marche", "en fr"),
    ("french_spacing", "“It” works", "«Ça» marche", "en fr"),
    ("french_spacing", "Note: it works", "Note: ça marche", "en fr-CA"),
    ("brackets", "It (the pact) works", "Cela (le pacte marche", "en fr"),
    ("brackets", "It (the pact) works", "Cela (le pacte] marche", "en fr"),
    ("brackets", "It (the pact) works", "它（协议有效", "en zh"),
    ("quotes", "“It” works", f"«{N}Cela marche", "en fr"),
    ("quotes", '"It" works', 'Cela" marche', "en fr"),
    ("quotes", "“It” works", "„Es funktioniert", "en de"),
    ("length", "The towns of the valley signed a pact with all who live there.", "Les villes", "en fr"),
    (
        "length",
        "The towns",
        "Les villes de la vallée ont signé un pacte avec tous ceux qui y vivent",
        "en fr",
    ),
    ("length", "这是地方协议的例子" * 6, "Un exemple", "zh fr"),
    ("term_missing", "All local pacts", "Tous les accords", "en fr"),
    ("term_missing", "The Ancrage network", "Le réseau", "en fr"),
    ("double_space", "It works well", "Ça  marche bien", "en fr"),
    ("outer_space", "It works", "Ça marche ", "en fr"),
    ("outer_space", " it works", "ça marche", "en fr"),
    ("repeated_word", "It is the town", "C’est la la ville", "en fr"),
    ("repeated_word", "It is the town", "Es la La ciudad", "en es"),
    ("formatting", "It <b>works</b> <b>well</b>", "Ça <b>marche</b> bien", "en fr"),
    ("formatting", "It <em>works</em>", "Ça marche", "en fr"),
]

QUIET = [
    ("", ""),
    (" ", ""),
    ('See <a id="a1">here</a> and <a id="a2">there</a>', '<a id="a2">Là</a> et <a id="a1">ici</a>'),
    ("It <b>works</b> <em>well</em>", "Ça <strong>marche</strong> <i>bien</i>"),
    ("One<br>two", "Un<br/>deux"),
    ("A &lt; B &amp; C", "A &lt; B &amp; C", "en fr"),
    # The same in both languages
    ("Introduction", "Introduction"),
    ("Marie Curie", "Marie Curie"),
    ("Université Grenoble Alpes", "Université Grenoble Alpes", "fr en"),
    ("José de la Cruz", "José de la Cruz", "es fr"),
    ("1,200", "1,200", "en es"),
    ("OECD, UNDP", "OECD, UNDP"),
    ("https://example.org/some?x=1", "https://example.org/some?x=1"),
    ("mail someone@example.org", "mail someone@example.org"),
    ("Ancrage network", "Ancrage network"),
    ("<code>make demo now</code>", "<code>make demo now</code>"),
    ("o pacto local", "o pacto local", "pt pt-BR"),
    # Numbers as each language writes them
    ("1,234.5 tons", "1.234,5 toneladas", "en es"),
    ("1,234.5 tons", f"1{T}234,5 tonnes"),
    ("1,234.5 tons", "1 234,5 tonnes"),
    ("1,234,567 towns", f"1{N}234{N}567 villes"),
    ("1.5 million", "1,5 million"),
    ("1,500,000 people", f"1,5{N}million de gens"),
    ("12 500 habitants", "12,500 inhabitants", "fr en"),
    ("2,5 %", "2.5%", "fr en"),
    ("In 2009, 100 towns", "En 2009, 100 villes"),
    ("In 2009", "في ٢٠٠٩", "en ar"),
    ("1,234.5", "١٬٢٣٤٫٥", "en ar"),
    ("3 years", "trois ans"),
    ("Three years, twenty towns", "3 ans, 20 villes"),
    ("the 1st of May", "le premier mai"),
    ("the 19th century", "le XIXe siècle"),
    ("in the 1990s", "dans les années 90"),
    ("On 12/05/2009", "Le 12 mai 2009"),
    ("On 05/12/2009", "Am 12.05.2009", "en de"),
    ("May 12, 2009", "2009年5月12日", "en zh"),
    ("at 3 p.m.", "à 15 h"),
    ("2009-2010", "2009–10"),
    ("Rs 12,34,567", f"1{N}234{N}567 roupies"),
    ("50% of people", "٥٠٪ من الناس", "en ar"),
    ("2,000 人", "2000 personnes", "zh fr"),
    ("Water is H2O, 30% of it", f"L’eau est H₂O, 30{N}%"),
    # Ends and marks
    ("Does it work?", f"Ça marche{T}?"),
    ("Does it work?", f"Ça marche{N}?"),
    ("Does it work?", "¿Funciona?", "en es"),
    ("Hello! Does it work?!", "¡Hola! ¿¡Funciona!?", "en es"),
    ("Does it work?", "هل يعمل؟", "en ar"),
    ("Does it work?", "Λειτουργεί;", "en el"),
    ("Does it work?", "Funktioniert es?", "en de"),
    ("Does it work?", "Ça marche?", "en fr-CA"),
    ("Note: it works", "Nota: funciona", "en es"),
    ("It works.", "可以。", "en zh"),
    ("It works.", "ได้ผล", "en th"),
    ("यह काम करता है।", "It works.", "hi en"),
    ("“It works.”", f"«{N}Ça marche.{N}»"),
    ("“It works.”", f"«{N}Ça marche{N}»."),
    ("And then...", "Et puis…"),
    ("towns, and so on", "villes, etc."),
    ("the towns, etc.", "les villes, etc."),
    ("at 12:30, see http://x.org/?q=1", "à 12:30, voir http://x.org/?q=1"),
    ("see http://x.org/?q=1", "ver http://x.org/?q=1", "en es"),
    ("Really?!", f"Vraiment{N}?!"),
    (
        "“Why?” he asked",
        "« Pourquoi ? » demanda-t-il".replace(" ?", f"{N}?").replace("« ", f"«{N}").replace(" »", f"{N}»"),
    ),
    ("<code>a?b: c!</code> works", "<code>a?b: c!</code> marche"),
    # Brackets and quotation marks
    ("a) it works", "a) ça marche"),
    ("First, it works", "a) ça marche"),
    ("It's “good”", "„Gut“ ist es", "en de"),
    ("It's “good”", "Det är ”bra”", "en sv"),
    ("It (the ‘pact’) works", "它（“协议”）有效", "en zh"),
    ('A 5" pipe', 'Un tube de 5"'),
    ("the town (see [1])", "la ville (voir [1])"),
    # Length
    ("Yes", "Tout à fait"),
    ("OK", "D’accord, avec plaisir"),
    (
        "The towns of the valley signed a pact with all who live there.",
        "山谷中的城镇与所有居民签署了一项协议。",
        "en zh",
    ),
    (
        "The towns of the valley signed a pact with all who live there.",
        "وقعت مدن الوادي ميثاقا مع جميع السكان.",
        "en ar",
    ),
    # Words
    ("All local pacts", "Les pactes locaux"),
    ("A local pact", "地方", "en zh"),
    ("We meet", "Nous nous réunissons"),
    ("The ones that work", "Die, die arbeiten", "en de"),
    ("The island of Bora Bora", "L’île de Bora Bora"),
    ("It was very very good", "C’était très très bien"),
    ("slowly", "慢慢", "en zh"),
    ("From A to Z", "De la A a la Z", "en es"),
    ("Dear reader,", "Hola:", "en es"),
    ("It <i>works</i>", "有效", "en zh"),
    ("a  b c", "d  e f"),
    (" it works", " ça marche"),
]


@pytest.mark.parametrize(("code", "source", "target", "languages"), map(raised, NAGS))
def test_a_fault_is_found(code, source, target, languages):
    assert code in codes(source, target, languages, terms=TermIndex(TERMS, "en"))


@pytest.mark.parametrize("pair", [pytest.param(pair, id=" | ".join(pair)[:90]) for pair in QUIET])
def test_what_is_right_is_left_in_peace(pair):
    source, target, *languages = pair
    assert codes(source, target, *languages, terms=TermIndex(TERMS, "en")) == []


def test_every_check_has_an_example():
    assert set(CODES) - {"too_long", "inconsistent"} == {code for code, *_rest in NAGS}


def test_a_field_has_an_end():
    assert codes("Hello", "Bonjour", longest=7) == []
    assert codes("Hello", "<b>Bonjour</b>", longest=7) == []
    assert codes("A&amp;B", "A&amp;B", longest=3) == []
    assert codes("Hello", "Bonjour", longest=6) == ["too_long"]


def test_the_same_words_are_translated_alike():
    assert codes("Read more", "En savoir plus", others={"Read more": "Lire la suite"}) == ["inconsistent"]
    assert codes("Read more", "Lire  la suite", others={"Read more": "lire la suite"}) == ["double_space"]
    assert codes("Read more", "Lire la suite", others={"Read less": "Réduire"}) == []


def test_findings_say_what_they_are_about():
    found = check("In 2009", "En 2010", source_language="en", target_language="fr")
    assert [(f.code, f.level, f.detail) for f in found] == [("numbers", WARNING, "2009 > 2010")]
    assert "2009" in found[0].message
    found = check(
        "A local pact",
        "Un contrat local",
        source_language="en",
        target_language="fr",
        terms=TermIndex(TERMS, "en"),
    )
    assert [(f.code, f.level, f.detail) for f in found] == [
        ("term_forbidden", ERROR, "pact"),
        ("term_missing", WARNING, "pact"),
    ]


def test_a_detail_is_the_same_in_every_language_of_the_interface():
    details = set()
    for language in ("en", "fr", "es"):
        with translation.override(language):
            found = check("<b>In</b> 2009.", "En 2010", source_language="en", target_language="fr")
            details.add(tuple((f.code, f.detail) for f in found))
    assert len(details) == 1


LANGUAGES = st.sampled_from(["en", "fr", "fr-CA", "es", "ar", "zh-hans", "de", "el", "th", "pt-br", "xx"])
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="<>/ab& \"'=id#;.0159,\u202f ?!«»()"),
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", '<a id="a1">', "</a>", "<br>", "pact ", "1,234", "?", " ", "<x>", "&#1;", "IX"]
        )
    ).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, LANGUAGES, LANGUAGES)
def test_any_two_texts_can_be_checked(source, target, source_language, target_language):
    found = check(
        source,
        target,
        source_language=source_language,
        target_language=target_language,
        terms=TermIndex(TERMS, source_language),
        longest=20,
        others={source: "x"},
    )
    assert all(CODES[finding.code] == finding.level for finding in found)


@settings(max_examples=300, deadline=None)
@given(TEXTS, LANGUAGES, LANGUAGES)
def test_nothing_is_wrong_with_the_source_but_that_it_is_not_translated(
    text, source_language, target_language
):
    found = check(text, text, source_language=source_language, target_language=target_language)
    assert {finding.code for finding in found} <= {"same_as_source", "empty"}


@settings(max_examples=100, deadline=None)
@given(st.text(), LANGUAGES)
def test_any_escaped_text_is_sound(text, language):
    assert "markup" not in codes("x y z", escape(text), f"en {language}")


LONG = [
    "a" * 100_000,
    "1" * 100_000,
    "1," * 50_000,
    "1 234" * 20_000,
    "1.2" * 33_000,
    " " * 50_000 + "x" + " " * 50_000,
    "<" * 100_000,
    "<a" * 50_000,
    "<b>" * 33_000,
    '<a id="a1">' * 9_000,
    "<a " + " " * 100_000,
    "<a" + " " * 100_000 + ">",
    "&#" + "1" * 100_000 + ";",
    "&" * 100_000,
    "(" * 100_000,
    "a)" * 50_000,
    "?" * 100_000,
    "?!" * 50_000 + "a",
    "«" * 100_000,
    ". " * 50_000,
    "MCMLXXXIX" * 11_000,
    "la la " * 16_000,
    "pact local " * 9_000,
    "l’" * 50_000,
    "中" * 100_000,
    "e\u0301" * 50_000,
    "\u0301" * 100_000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:8]!r}")
@pytest.mark.parametrize("language", ["fr", "zh"])
def test_a_long_text_takes_time_in_proportion(text, language):
    terms = TermIndex(TERMS, "en")
    cost, _ = pieces(
        lambda: (
            codes("One local pact of 2009.", text, f"en {language}", terms=terms, others={"x": "y"}),
            codes(text, "Un pacte local", f"en {language}", terms=terms),
        )
    )
    assert cost < 800
