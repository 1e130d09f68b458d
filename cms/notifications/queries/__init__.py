from cms.notifications.queries.inbox import COUNTED, listed, unread_count, unread_in
from cms.notifications.queries.mails import confirmed_address, due_digests, due_threads, in_delivery
from cms.notifications.queries.preferences import Wish, offered_kinds, wishes, wishes_of_recipients

__all__ = [
    "COUNTED",
    "Wish",
    "confirmed_address",
    "due_digests",
    "due_threads",
    "in_delivery",
    "listed",
    "offered_kinds",
    "unread_count",
    "unread_in",
    "wishes",
    "wishes_of_recipients",
]
