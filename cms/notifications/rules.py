"""When a mail is due. Pure."""

from datetime import datetime, timedelta

AT_ONCE, DAILY, WEEKLY, NEVER = "at_once", "daily", "weekly", "never"
FREQUENCIES = (AT_ONCE, DAILY, WEEKLY, NEVER)
DIGESTS = (DAILY, WEEKLY)
MONDAY = 0


def mail_due(frequency: str, now: datetime, *, delay: timedelta, hour: int) -> datetime | None:
    """The moment from which a mail about something that happened `now` goes out; None for no mail.

    At once means after `delay`, so that what comes in the meantime goes along. Digests go at `hour` (of the time
    zone of `now`), the weekly one on Mondays.
    """
    if frequency == AT_ONCE:
        return now + delay
    if frequency == DAILY:
        return next_at(now, hour)
    if frequency == WEEKLY:
        first = next_at(now, hour)
        return first + timedelta(days=(MONDAY - first.weekday()) % 7)
    return None


def next_at(now: datetime, hour: int) -> datetime:
    """The first full `hour` after `now`."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def digest_slot(frequency: str, now: datetime, hour: int) -> str:
    """The period a digest stands for: there is one in each, however often and late it is asked for."""
    day = (now - timedelta(hours=hour)).date()
    if frequency == WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return day.isoformat()
