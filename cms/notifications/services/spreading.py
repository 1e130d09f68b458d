"""Telling very many people: those whom a query finds, in one statement."""

from datetime import datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, DateTimeField, JSONField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.accounts.models import User
from cms.notifications.kinds import kind_of
from cms.notifications.models import Notification
from cms.notifications.queries.preferences import with_wish
from cms.notifications.rules import FREQUENCIES, NEVER
from cms.notifications.services.notifying import check_names, due


def notify_all(
    people: QuerySet[User],
    kind: str,
    about: str,
    data: dict,
    *,
    event: str,
    actor: User | None = None,
    actor_name: str = "",
    at: datetime | None = None,
) -> int:
    """As `notify`, for a query of people of any number. Returns how many were told.

    One statement, part of the caller's transaction: all of them are told, or nobody is. Told again, nobody hears it
    twice.
    """
    known = kind_of(kind)
    check_names(about=about, event=event)
    now = at or timezone.now()
    theirs = people.filter(is_active=True)
    if actor is not None:
        theirs = theirs.exclude(pk=actor.pk)
    wished = with_wish(theirs, known).annotate(
        wish=Coalesce("theirs__frequency", Value(known.default_frequency)),
        site=Coalesce("theirs__on_site", Value(True), output_field=BooleanField()),
    )
    values = {
        "recipient": "pk",
        "kind": Value(kind),
        "about": Value(about),
        "event": Value(event),
        "actor": Value(actor.pk if actor else None, output_field=Notification._meta.pk),
        "actor_name": Value((actor.shown_name if actor else actor_name)[:80]),
        "data": Value(data, output_field=JSONField()),
        "created_at": Value(now, output_field=DateTimeField()),
        "on_site": "site",
        "frequency": "wish",
        "mail_due_at": Case(
            *(
                When(wish=frequency, then=Value(due(frequency, now), output_field=DateTimeField()))
                for frequency in FREQUENCIES
                if frequency != NEVER
            ),
            default=None,
            output_field=DateTimeField(),
        ),
    }
    rows = wished.filter(Q(site=True) | ~Q(wish=NEVER)).order_by("pk")
    return insert_selected(rows, values)


def insert_selected(rows: QuerySet, values: dict) -> int:
    """`INSERT … SELECT`: a notification for each of `rows`, `values` by field. What is there already stays.

    PostgreSQL and SQLite say it with the same words; SQLite needs the WHERE that `rows` has.
    """
    selected = rows.annotate(
        **{f"value_{name}": value for name, value in values.items() if not isinstance(value, str)}
    )
    names = [value if isinstance(value, str) else f"value_{name}" for name, value in values.items()]
    try:
        select, parameters = selected.values_list(*names).query.sql_with_params()
    except EmptyResultSet:  # the ORM sees that nobody fits
        return 0
    quote = connection.ops.quote_name
    known = {each.name: str(each.column) for each in Notification._meta.concrete_fields}
    columns = ", ".join(quote(known[name]) for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Notification._meta.db_table)} ({columns}) {select} ON CONFLICT DO NOTHING",  # noqa: S608 - names only
            parameters,
        )
        return cursor.rowcount
