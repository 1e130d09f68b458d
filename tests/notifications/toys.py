"""A kind of notification without a domain."""

from dataclasses import dataclass, field

from django.db import connection
from django.utils import translation

from cms.notifications.kinds import Kind, Line, Words

NEWS, ALERT = "test-news", "test-alert"


@dataclass
class World:
    """What the toy kinds know: what is hidden, who left what, and what they were asked."""

    hidden: set[str] = field(default_factory=set)  # things
    left: list[tuple[int, str]] = field(default_factory=list)
    references: tuple[str, ...] = ()
    message_id: str = ""

    def still_visible(self, user, notifications):
        with connection.cursor() as cursor:  # as a real kind would: one query for all
            cursor.execute("SELECT 1")
        return [each for each in notifications if each.about not in self.hidden]

    def render(self, notifications):
        last = notifications[-1]
        language = translation.get_language()
        return Words(
            subject=f"{language}: {last.about}, {len(notifications)} events",
            title=f"About {last.about}",
            address=f"/{language}/{last.about}/",
            lines=[
                Line(
                    text=f"{each.actor_name} did {each.event}",
                    address=f"/{language}/{each.about}/{each.event}/",
                    quote=each.data.get("quote", ""),
                )
                for each in notifications
            ],
            references=self.references,
            message_id=self.message_id,
        )

    def leave(self, user, about):
        if (user.pk, about) in self.left:
            return ""
        self.left.append((user.pk, about))
        return f"the thing {about}"

    def kinds(self) -> list[Kind]:
        return [
            Kind(NEWS, "News of a thing", self.render, still_visible=self.still_visible),
            Kind(
                ALERT,
                "Alerts",
                self.render,
                default_frequency="daily",
                still_visible=self.still_visible,
                leave=self.leave,
            ),
        ]
