// "@An": members whose name begins so. What is chosen becomes a link, whatever they are called later.
const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]+){0,2})$/u;
const PAUSE = 180; // milliseconds

export class Names {
  constructor({ text, said, tell }) {
    Object.assign(this, { text, said, tell });
    this.list = document.createElement("ul");
    this.list.className = "names";
    this.list.id = "names";
    this.list.role = "listbox";
    this.list.setAttribute("aria-label", said.sayPeople);
    this.list.hidden = true;
    text.closest("main").append(this.list);
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", "names");
    text.addEventListener("input", () => this.typed());
    text.addEventListener("keydown", (event) => this.key(event));
    text.addEventListener("blur", () => setTimeout(() => this.left(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("li");
      if (row) this.choose(this.members[Number(row.dataset.at)]);
    });
  }

  get open() {
    return !this.list.hidden;
  }

  begun() {
    const before = this.text.value.slice(Math.max(0, this.text.selectionStart - 80), this.text.selectionStart);
    return BEGUN.exec(before)?.[1] ?? "";
  }

  typed() {
    clearTimeout(this.timer);
    const begun = this.begun();
    if (!begun || (this.nobody && begun.startsWith(this.nobody))) return this.close();
    this.timer = setTimeout(() => this.look(begun), PAUSE);
    return undefined;
  }

  async look(begun) {
    const address = new URL(this.said.membersUrl, location.href);
    address.searchParams.set("q", begun);
    if (this.said.topic) address.searchParams.set("topic", this.said.topic);
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok || this.begun() !== begun) return;
    const { members } = await answer.json();
    this.nobody = members.length ? "" : begun;
    if (members.length) this.show(members);
    else this.close();
  }

  show(members) {
    this.members = members;
    this.list.replaceChildren(
      ...members.map((member, at) => {
        const row = document.createElement("li");
        row.role = "option";
        row.id = `name-${at}`;
        row.dataset.at = at;
        row.dir = "auto";
        row.textContent = member.name;
        return row;
      }),
    );
    this.list.hidden = false;
    this.point(0);
    const box = this.text.getBoundingClientRect();
    this.list.style.insetBlockStart = `${Math.min(box.bottom, this.line(box)) + scrollY + 4}px`;
    const fromRight = getComputedStyle(this.text).direction === "rtl";
    this.list.style.left = fromRight ? "auto" : `${box.left + scrollX + 8}px`;
    this.list.style.right = fromRight ? `${document.documentElement.clientWidth - box.right - scrollX + 8}px` : "auto";
  }

  /** The lower edge of the line one writes in, in pixels from the top of the window. */
  line(box) {
    const look = getComputedStyle(this.text);
    const mirror = document.createElement("div");
    for (const name of ["font", "lineHeight", "letterSpacing", "paddingInline", "boxSizing"]) mirror.style[name] = look[name];
    Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "anywhere", width: `${box.width}px` });
    mirror.textContent = `${this.text.value.slice(0, this.text.selectionStart)}|`;
    document.body.append(mirror);
    const height = mirror.offsetHeight;
    mirror.remove();
    return box.top + parseFloat(look.paddingTop) + height - this.text.scrollTop;
  }

  point(at) {
    this.at = (at + this.members.length) % this.members.length;
    [...this.list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === this.at)));
    this.text.setAttribute("aria-activedescendant", `name-${this.at}`);
  }

  key(event) {
    if (!this.open) return;
    if (event.key === "ArrowDown") this.point(this.at + 1);
    else if (event.key === "ArrowUp") this.point(this.at - 1);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.members[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  choose(member) {
    const end = this.text.selectionStart;
    const start = end - this.begun().length - 1;
    this.text.setSelectionRange(start, end);
    const name = member.name.replace(/([\\[\]`*_<>])/g, "\\$1");
    const words = `[@${name}](/forum/m/${member.id}/) `;
    if (!document.execCommand("insertText", false, words)) {
      this.text.setRangeText(words, start, end, "end");
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.close();
  }

  /** Some time after the text lost the focus. Who came back meanwhile, by a button of the toolbar, may be typing a name. */
  left() {
    if (document.activeElement !== this.text) this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
  }
}
