"""The forum's work outside the request.

Verbs of `forum.services` enqueue these jobs. Those jobs that are verbs of `forum.services` themselves are imported when
they run: whichever of both is imported first would find the other half made. The names of jobs stand in the queue.
"""

from collections.abc import Callable

from django_tasks import task

from forum.notices import tell_of_decision, tell_of_edit, tell_of_post, tell_of_review, tell_of_sanction

_followers: list[Callable[[], object]] = []


def register_follower(run: Callable[[], object]) -> None:
    """An app above says, in `ready()`, what the worker is to run as soon as it learns of something new."""
    _followers.append(run)


def follow_up() -> None:
    for run in _followers:
        run()


def with_commit(job, *arguments) -> None:
    """Enqueue `job` within the transaction in hand: it is kept with what made it necessary, or not at all."""
    job.enqueue(*arguments)


@task()
def fan_out(post_id: int) -> None:
    """Tell who follows of a new post."""
    follow_up()
    tell_of_post(post_id)


@task()
def announce_review(item_id: int) -> None:
    """Tell facilitators that something waits for them."""
    tell_of_review(item_id)


@task()
def announce_edit(post_id: int, version: int) -> None:
    """Tell whom an edited post mentions now and did not before."""
    follow_up()
    tell_of_edit(post_id, version)


@task()
def remember_translation(translation_id: int) -> None:
    """Keep the passages of a translation that everybody may read, for the suggestions of later ones."""
    from forum.services.remembering import remember

    follow_up()
    remember(translation_id)


@task()
def announce_decision(item_id: int) -> None:
    """Tell whom it concerns what facilitators decided."""
    tell_of_decision(item_id)


@task()
def announce_sanction(sanction_id: int) -> None:
    """Tell a member that they are silenced or suspended, or that it is over."""
    tell_of_sanction(sanction_id)


@task()
def tidy_after_move(topic_id: int) -> None:
    """After a topic was moved, hidden or renamed: what others were told of it, and how their texts name it."""
    from forum.services.tidying import tidy_topic

    tidy_topic(topic_id)


@task()
def tidy_category_after_change(category_id: int) -> None:
    """After a category was opened or shut to some of its readers."""
    from forum.services.tidying import tidy_category

    tidy_category(category_id)


@task()
def make_copy(user_id: int) -> None:
    """Put together all that the forum holds of a member."""
    from forum.services.exporting import make_in_background

    make_in_background(user_id)
