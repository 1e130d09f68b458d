from cms.notifications.models.delivery import Delivery
from cms.notifications.models.notification import LONGEST_NAME, Notification
from cms.notifications.models.preference import Preference

__all__ = ["LONGEST_NAME", "Delivery", "Notification", "Preference"]
