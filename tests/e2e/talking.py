"""What members do in the forum, as journeys go through it."""

from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.server import PASSWORD, DemoServer

OPEN = """
from django.utils import timezone
from cms.accounts.models import User
from forum.models import Category, CategoryText, Member
from forum.services import open_topic
from forum.services.posting import Message
category, made = Category.objects.get_or_create(slug="e2e-neighbours")
if made:
    CategoryText.objects.create(category=category, language="en", name="Neighbours")
for person in User.objects.filter(username__in=["author", "editor", "translator-es"]):
    # Counted just now: the scheduler, which counts every three hours, leaves it as it is while a journey goes on.
    known = {{"trust": 1, "trust_checked_at": timezone.now()}}
    Member.objects.update_or_create(user=person, defaults=known)
posted = open_topic(User.objects.get(username="facilitator"), category.pk, {title!r}, Message({text!r}, {language!r}))
new = User.objects.create_user({name!r}, {name!r} + "@example.org", {password!r}, display_name="Nadia of {mark}")
new.emailaddress_set.create(email=new.email, verified=True, primary=True)
print("number", posted.post.topic_id, posted.post.pk)
"""


@dataclass(frozen=True)
class Talk:
    """A topic of one test, and somebody new to the forum. `mark` is a word that stands nowhere else."""

    mark: str
    number: int
    post: int

    @property
    def title(self) -> str:
        return f"The oven of {self.mark}"

    @property
    def path(self) -> str:
        return f"/en/forum/t/{self.number}-the-oven-of-{self.mark}/"

    @property
    def newcomer(self) -> str:
        return f"nadia-{self.mark}"


def begin(server: DemoServer, text: str = "Who bakes on Fridays?", language: str = "en") -> Talk:
    mark = f"oven{uuid4().hex[:8]}"
    talk = Talk(mark, 0, 0)
    words = {"title": talk.title, "text": text, "language": language, "name": talk.newcomer}
    command = OPEN.format(**words, mark=mark, password=PASSWORD)
    printed = server.run(command)
    number, post = printed.split("number")[1].split()[:2]
    return Talk(mark, int(number), int(post))


def field_of(page: Page) -> Locator:
    """Where one writes, once the scripts that help there have come."""
    expect(page.locator("[data-composer][data-scripted]")).to_be_visible()
    return page.locator("textarea[data-text]")


def say(page: Page, text: str) -> None:
    """Write a reply at the foot of the topic, and send it."""
    page.locator("textarea[data-text]").fill(text)
    page.get_by_role("button", name="Send the reply").click()
    expect(page.locator(".post", has_text=text.splitlines()[-1])).to_be_visible()
