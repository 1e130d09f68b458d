from cms.notifications.services.gathering import forget_old, gather_mails
from cms.notifications.services.notifying import forget_actor, mark_all_read, mark_read, notify, settle
from cms.notifications.services.preferences import save_wishes, set_preference
from cms.notifications.services.spreading import notify_all
from cms.notifications.services.unsubscribing import BadToken, OldToken, Subscription, read_token, unsubscribe

__all__ = [
    "BadToken",
    "OldToken",
    "Subscription",
    "forget_actor",
    "forget_old",
    "gather_mails",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_all",
    "read_token",
    "save_wishes",
    "set_preference",
    "settle",
    "unsubscribe",
]
