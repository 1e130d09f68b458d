"""The pictures of the forum in docs/guide/: what members and facilitators see of the demo's conversations."""

import re

from tests.e2e import places

TOPIC = "ap-aude-conditions"  # the document that the conversation of the pictures is about
WORDS = {
    "en": {
        "reply": "**Trust** does not fall from the sky: in the oven of our village it began with a list on the door.\n\n"
        "1. Who lights it, and when\n2. Who pays for the wood\n3. Who has the key",
        "reason": "Thank you for writing. This forum is for what is done in a territory, not for offers of journeys. "
        "If you organise visits with the people of a place, tell us about one of them.",
        "new_topic": "What a list of ingredients is good for",
    },
    "fr": {
        "reply": "La **confiance** ne tombe pas du ciel : au four de notre village, elle a commencé par une liste sur la "
        "porte.\n\n1. Qui l’allume, et quand\n2. Qui paie le bois\n3. Qui a la clé",
        "reason": "Merci de nous avoir écrit. Ce forum parle de ce qui se fait dans un territoire, pas d’offres de "
        "voyages. Si vous organisez des visites avec les habitants d’un lieu, racontez-en une.",
        "new_topic": "À quoi sert une liste d’ingrédients",
    },
}


def for_members(photographer) -> None:
    """The lists, a conversation in three languages, a reply being written, and what a member keeps."""
    words = WORDS[photographer.code]
    visitor = photographer.log_in("member")
    visitor.open(f"/{photographer.code}/forum/")
    photographer.take(visitor, "forum")
    page = visitor.open(conversation(photographer, visitor))
    photographer.take(visitor, "conversation")
    page.locator("[data-scripted]").wait_for()
    page.locator("textarea[data-text]").fill(words["reply"])
    page.locator("[data-preview]").click()
    page.locator(".preview ol").wait_for()
    page.locator("[data-state]").filter(has_text=re.compile(r"\w")).wait_for()  # the draft is saved
    photographer.below_the_bar(page.locator("#reply"))
    photographer.take(visitor, "writing")
    visitor.open(f"/{photographer.code}/forum/me/")
    photographer.take(visitor, "my-forum")
    page = visitor.open(conversation(photographer, visitor))
    page.locator("[name=do][value=discard]").click()  # the next language begins anew
    page.locator("[name=do][value=discard]").wait_for(state="detached")
    visitor.leave()


def for_facilitators(photographer) -> None:
    """The queue, an offer of journeys that is not published, and posts that become a topic of their own."""
    words = WORDS[photographer.code]
    visitor = photographer.log_in("facilitator")
    page = visitor.open(f"/{photographer.code}/forum/review/")
    photographer.take(visitor, "forum-queue")
    page.locator(".review-row[data-kind=spam] h2 a").first.click()
    page.locator("[name=decision][value=refuse]").check()
    page.locator("[name=reason]").fill(words["reason"])
    photographer.below_the_bar(page.locator("#decision"))
    photographer.take(visitor, "forum-decide")
    page = visitor.open(conversation(photographer, visitor))
    page.locator(".topic-record a[href$='/moderate/']").click()
    page.wait_for_url("**/moderate/")
    for number in (2, 3):
        page.locator(f".review-choose input[value='{number}']").check()
    page.locator("[name=title]").first.fill(words["new_topic"])
    photographer.take(visitor, "forum-moderate")
    visitor.leave()


def conversation(photographer, visitor) -> str:
    """The address of the conversation, by the document that it is about."""
    page = visitor.open(places.document(TOPIC, photographer.code))
    return page.locator("section[aria-labelledby=discussion] a").first.get_attribute("href")
