"""`make pictures`: makes the pictures of docs/guide/ anew, in English and French, on a demo of their own.

Takes some minutes and needs a Chromium. What they show is played through as a person would. `make pictures
PICTURES="members forum"` makes those PARTS only.
"""

import argparse
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.e2e import pictures_of_forum as forum
from tests.e2e import places
from tests.e2e.browser import Visitor, launched
from tests.e2e.server import ROOT, DemoServer
from tests.e2e.writing import open_tab_of

FOLDER = ROOT / "docs" / "guide" / "pictures"
WIDTH, HEIGHT = 1160, 740  # pixels
LARGEST = 80_000  # bytes
WORDS = {
    "en": {
        "title": "The shared bread oven (an example)",
        "summary": "Twelve households light the old village oven once a week and bake together.",
        "carried_by": "Twelve households",
        "organisation": "An imaginary bakery",
        "history": "if-ter-res",
        "revised": "if-assefa",
        "before": "for local and community development as a whole",
        "after": "so that communities develop as a whole",
        "change": "The summary in plainer words",
        "passage": "They name no territory that has already been supported.",
        "suggestion": "A first territory has been supported since. Its name could stand here.",
        "reader": "Ida Invented",
        "into": "es",
        "reason": "This reads well. The original says that ASSEFA works for development; “aborda” only says that it "
        "deals with it. Please change that one word, and submit it again.",
        "searched": "social enterprise",
    },
    "fr": {
        "title": "Le four à pain partagé (un exemple)",
        "summary": "Douze foyers rallument une fois par semaine l’ancien four du village et y cuisent ensemble.",
        "carried_by": "Douze foyers",
        "organisation": "Une boulangerie imaginaire",
        "history": "lj-auvergne-2008",
        "revised": "lj-luxembourg-2008",
        "before": "Objectif Plein Emploi y montre un réseau à deux étages, ancré",
        "after": "On y découvre le réseau d’Objectif Plein Emploi : il a deux étages, il est ancré",
        "change": "Un résumé plus facile à lire",
        "passage": "La présentation de Mulhouse retient quatre effets",
        "suggestion": "On aimerait savoir à quelle page de la présentation se trouvent ces quatre effets.",
        "reader": "Ida Inventée",
        "into": "fr",
        "reason": "Cela se lit très bien. « Critique » était plus près de l’original que « décisive » : remettez ce "
        "mot, et soumettez à nouveau.",
        "searched": "entreprise sociale",
    },
}


class Photographer:
    """Takes the pictures of one language."""

    def __init__(self, browser, server: DemoServer, code: str):
        self.browser = browser
        self.server = server
        self.code = code
        self.words = WORDS[code]
        self.sessions: dict = {}
        self.submitted = ""  # address at which the editor decides on what the author submits

    def visitor(self, user: str | None = None) -> Visitor:
        return Visitor(self.browser, self.server, self.sessions, user, width=WIDTH, height=HEIGHT)

    def take(self, visitor: Visitor, name: str) -> None:
        visitor.page.mouse.move(WIDTH - 1, HEIGHT - 1)
        visitor.page.wait_for_load_state("networkidle")
        image = Image.open(BytesIO(visitor.page.screenshot())).convert("RGB")
        for quality in (80, 70, 60, 50, 40):
            content = BytesIO()
            image.save(content, "WEBP", quality=quality, method=6)
            if content.tell() <= LARGEST:
                break
        path = FOLDER / self.code / f"{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.getvalue())
        print(f"{path.relative_to(ROOT)}: {content.tell() // 1000} kB", flush=True)

    def log_in(self, user: str) -> Visitor:
        """Somebody whose interface speaks the language of the pictures."""
        visitor = self.visitor(user)
        visitor.open(f"/{self.code}/me/settings/")
        visitor.page.select_option("[name=interface_language]", self.code)
        visitor.page.locator("main form button[type=submit]").click()
        visitor.page.wait_for_url(f"**/{self.code}/me/")
        return visitor

    def for_readers(self) -> None:
        visitor = self.visitor()
        visitor.open(f"/{self.code}/")
        self.take(visitor, "home")
        visitor.open(f"/{self.code}/library/?type=if&territory=europe")
        self.take(visitor, "library")
        visitor.open(f"/{self.code}/search/?q={self.words['searched']}&section=library")
        self.take(visitor, "search")
        visitor.open(places.document("if-ter-res", self.code))
        self.take(visitor, "document")
        page = visitor.open(f"/{self.code}/library/grid/")
        for number in range(3):
            page.locator("input[name=case]").nth(number).check()
        page.locator("form.choose button").click()
        page.wait_for_selector("table.matrix")
        self.take(visitor, "grid")
        visitor.open(f"/{self.code}/library/map/")
        self.take(visitor, "map")
        visitor.open(f"/{self.code}/glossary/solidarity-economy/")
        self.take(visitor, "term")
        page = visitor.open(self.of_page("history", "history/"))
        self.take(visitor, "history")
        page.locator(".versions > li").first.locator("a[href*='/compare/']").first.click()
        page.wait_for_url("**/compare/**")
        self.take(visitor, "difference")
        page = visitor.open(self.of_page("history", "suggest/"))
        page.locator("[name=passage]").fill(self.words["passage"])
        page.locator("[name=text]").fill(self.words["suggestion"])
        page.locator("[name=name]").fill(self.words["reader"])
        self.take(visitor, "suggest")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/received/")
        visitor.leave()

    def of_page(self, key: str, rest: str) -> str:
        """What the wiki shows beside a document; `key` is one of WORDS."""
        return f"/{self.code}/wiki/{places.number_of(self.server, self.words[key], self.code)}/{rest}"

    def for_members(self) -> None:
        visitor = self.visitor()
        visitor.open(f"/accounts/language/{self.code}/?next=/accounts/signup/")
        self.take(visitor, "sign-up")
        visitor.leave()
        visitor = self.log_in("member")
        visitor.open(f"/{self.code}/me/settings/")
        self.take(visitor, "settings")
        visitor.open("/accounts/2fa/")
        self.take(visitor, "second-step")
        visitor.leave()

    def for_authors(self) -> None:
        visitor = self.log_in("author")
        visitor.open(f"/{self.code}/me/")
        self.take(visitor, "desk")
        page = visitor.page
        page.locator(".add-list a").first.click()
        page.locator("[name=title]").fill(self.words["title"])
        page.locator("[name=summary]").fill(self.words["summary"])
        self.take(visitor, "editor")
        page.locator("[role=tab]").nth(1).click()
        page.locator("[name=carried_by]").fill(self.words["carried_by"])
        page.locator("[name=carried_by]").scroll_into_view_if_needed()
        self.take(visitor, "record")
        page.locator("footer button[type=submit]").first.click()
        page.wait_for_url("**/admin/pages/*/edit/**")
        self.revise(visitor)
        visitor.open(f"/{self.code}/me/")
        self.take(visitor, "submitted")
        visitor.leave()

    def revise(self, visitor: Visitor) -> None:
        """The author takes a page that is public, changes its summary and submits that."""
        page = visitor.open(self.of_page("revised", "edit/"))
        open_tab_of(page, "[name=summary]")
        field = page.locator("[name=summary]")
        written = field.input_value()
        assert self.words["before"] in written, "the demo's text has changed: see WORDS"
        field.fill(written.replace(self.words["before"], self.words["after"]))
        page.locator("footer [data-w-dropdown-target=toggle]").last.click()
        page.locator("[name=action-submit]").first.click()
        page.wait_for_url("**/admin/wiki/submissions/*/submit/")
        self.submitted = page.url.removesuffix("submit/")
        page.locator("[name=summary]").fill(self.words["change"])
        page.locator("[name=significance][value=typo]").check()
        self.take(visitor, "submit")
        page.locator(".ancrage-submit button[type=submit]").last.click()
        page.wait_for_url(f"**/{self.code}/wiki/submissions/*/")

    def for_editors(self) -> None:
        reader = self.visitor()
        call = places.document(places.OPEN_CALL, self.code)
        page = reader.open(f"{call}reply/")
        self.take(reader, "reply")
        page.locator("[name=organisation]").fill(self.words["organisation"])
        page.locator("[name=contact_name]").fill("Ida Invented")
        page.locator("[name=email]").fill(f"ida-{self.code}@example.org")
        page.locator("[name=interests]").first.check()
        page.locator("[name=consent]").check()
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/received/")
        number = places.number_of(self.server, places.OPEN_CALL, self.code)
        reader.leave()

        visitor = self.log_in("editor")
        page = visitor.open("/admin/wiki/queue/")
        self.take(visitor, "waiting")
        visitor.open(self.submitted)
        self.take(visitor, "decide")
        page.locator("[name=decision][value=approve]").click()
        page.wait_for_url("**/admin/wiki/queue/")
        visitor.open(f"/admin/calls/{number}/replies/")
        self.take(visitor, "answers")
        visitor.leave()
        visitor = self.visitor("author")
        visitor.open(f"/{self.code}/me/notifications/")
        self.take(visitor, "told")
        visitor.leave()

    def for_translators(self) -> None:
        """What is behind its original is claimed; one passage is written anew, with what is suggested for it."""
        visitor = self.log_in(f"translator-{self.words['into']}")
        visitor.open("/admin/translations/")
        self.take(visitor, "queue")
        page = visitor.open("/admin/translations/?label=outdated")
        page.locator("button[formaction$='/claim/']").first.click()
        page.wait_for_selector("#tl[data-ready]")
        self.below_the_bar(page.locator(".tl-segment[data-to-do]").first)
        self.take(visitor, "translate")
        segment = page.locator(".tl-segment[data-to-do]").last
        segment.locator(".tl-input").click()
        segment.locator("[data-suggestions] li").first.wait_for()
        self.scroll_to(segment, "end")
        self.take(visitor, "suggestions")
        page.keyboard.press("Control+m")
        page.keyboard.press("1")
        page.locator("[data-save-state][data-state=saved]").wait_for()
        self.below_the_bar(page.locator("#hand-in"))
        self.take(visitor, "hand-in")
        visitor.leave()

    def below_the_bar(self, part) -> None:
        """Scroll so that `part` begins below what stays at the top of the screen."""
        part.evaluate("one => { one.style.scrollMarginBlockStart = '7rem'; }")
        self.scroll_to(part, "start")

    def scroll_to(self, part, block: str) -> None:
        """At once: Wagtail's screens scroll smoothly, and a picture would show them on the way."""
        part.evaluate("(one, block) => one.scrollIntoView({block, behavior: 'instant'})", block)

    def for_reviewers(self) -> None:
        visitor = self.log_in(f"reviewer-{self.words['into']}")
        page = visitor.open("/admin/translations/?label=in_review")
        page.locator(".ancrage-rows a").first.click()
        page.wait_for_selector("#tl[data-ready]")
        self.take(visitor, "review")
        page.locator("[name=reason]").fill(self.words["reason"])
        self.below_the_bar(page.locator("#decision"))
        self.take(visitor, "decision")
        visitor.leave()

    def for_administrators(self) -> None:
        visitor = self.log_in("admin")
        visitor.open("/admin/")
        self.take(visitor, "administer")
        page = visitor.open("/admin/users/?q=member")
        page.locator("main table td a").first.click()
        page.locator("input[name=groups]").last.scroll_into_view_if_needed()
        self.take(visitor, "roles")
        visitor.leave()


PARTS = {
    "readers": Photographer.for_readers,
    "members": Photographer.for_members,
    "forum": forum.for_members,
    "facilitators": forum.for_facilitators,
    "authors": Photographer.for_authors,
    "editors": Photographer.for_editors,  # they decide on what the authors submit
    "translators": Photographer.for_translators,
    "reviewers": Photographer.for_reviewers,
    "administrators": Photographer.for_administrators,
}


def chosen_parts() -> list[str]:
    """In the order of PARTS, with what they need."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)}; all, if none is named")
    asked = set(parser.parse_args().parts or PARTS)
    if unknown := asked - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return [part for part in PARTS if part in asked or (part == "authors" and "editors" in asked)]


def main() -> None:
    parts = chosen_parts()
    with tempfile.TemporaryDirectory(prefix="ancrage-pictures-") as folder, launched() as browser:
        print("Building a demo (a minute or two) ...", flush=True)
        server = DemoServer(Path(folder))
        server.prepare()
        server.start()
        try:
            for code in WORDS:
                photographer = Photographer(browser, server, code)
                for part in parts:
                    PARTS[part](photographer)
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
