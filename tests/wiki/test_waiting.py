"""Whose part each decision is: the same for many texts at once as for one."""

import pytest
from django.contrib.auth.models import Group

from cms.wiki.deciders import deciding_group, verdict_on
from cms.wiki.models import Submission
from cms.wiki.queries.waiting import waiting_texts
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import submit

pytestmark = pytest.mark.django_db
ROLES = ["Authors", "Editors", "Administrators", "Language reviewers (es)", "Language reviewers (en)", None]


@pytest.fixture
def submitted(site):
    """Texts by an author and by an editor: an original, a translation with reviewers, one without, the home page."""
    make_user("Language reviewers (es)")
    page = make_document(title="The bakery")
    spanish = make_document(lang="es", title="La panadería", translation_of=page)
    french = make_document(lang="fr", title="La boulangerie", translation_of=page)
    written_in_french = make_document(lang="fr", title="Le four", written_in="fr")
    for author in (make_user("Authors"), make_user("Editors")):
        for each in (page, spanish, french, written_in_french):
            submit(author, each, title=f"By {author.pk}")
    return list(Submission.objects.select_related("page", "author"))


def test_every_person_may_decide_on_the_same_texts(submitted):
    people = [make_user(role) for role in ROLES] + [each.author for each in submitted]
    people.append(make_user(is_superuser=True))
    waiting = waiting_texts()
    assert len(waiting.texts) == 8
    by_id = {each.pk: each for each in submitted}
    for text in waiting.texts:
        page = by_id[text.pk].page.specific
        assert text.group == deciding_group(page)
        for person in people:
            expected = verdict_on(page, person, text.author_id)
            assert waiting.verdict(text, person) == expected, (page, person)


def test_a_group_that_loses_its_last_member_leaves_it_to_the_editors(submitted):
    Group.objects.get(name="Language reviewers (es)").user_set.clear()
    assert {text.group for text in waiting_texts().texts} == {"Editors"}


def test_only_what_is_in_review_can_be_decided_now(submitted):
    editor = make_user("Editors")
    decidable = waiting_texts().decidable(editor)
    assert len(decidable) == 3
    assert all(text.in_review for text in decidable)


def test_costs_the_same_however_many_wait(submitted, django_assert_max_num_queries):
    waiting_texts()
    with django_assert_max_num_queries(3):
        waiting_texts()
