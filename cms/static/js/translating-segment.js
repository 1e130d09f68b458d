// One segment on the screen: its field, what was saved of it, and what is to be sent.
export function makeSegments({ inline, words, said, typed, save }) {
  const known = new WeakMap();

  class Segment {
    constructor(element) {
      this.element = element;
      this.key = element.dataset.key;
      this.seen = element.dataset.seen;
      this.links = inline.linksOf(element.dataset.source);
      this.addresses = [...element.querySelectorAll("[data-address-of]")];
      known.set(element, this);
      if ("writes" in element.dataset) this.open();
    }
    open() {
      const { element } = this;
      const number = element.querySelector(".tl-label").textContent.replace(/\D+/g, " ").trim();
      const label = `${words.field} ${number}`;
      const { targetLang: lang, targetDir: dir } = said;
      const options = { rich: "rich" in element.dataset, lines: "lines" in element.dataset, links: this.links };
      this.field = inline.makeField({ ...options, label, lang, dir, words });
      this.field.element.setAttribute("aria-describedby", `o-${this.key}`);
      const holder = element.querySelector("[data-field]");
      holder.append(...[this.field.tools, this.field.element].filter(Boolean));
      this.counter = document.createElement("p");
      this.counter.className = "tl-length tl-soft";
      if (element.dataset.longest) holder.append(this.counter);
      holder.hidden = false;
      element.querySelector("[data-shown]").hidden = true;
      this.show(element.dataset.text);
      this.saved = this.now;
      this.field.element.addEventListener("input", () => this.input());
      for (const each of this.addresses) each.addEventListener("input", () => typed(this));
      element.addEventListener("focusout", () => this.dirty && !this.blocked && save(this));
    }
    show(html) {
      this.field.value = html;
      this.count();
    }
    input() {
      if (this.origin && this.field.value !== this.taken) this.origin = "typed";
      this.count();
      typed(this);
    }
    count() {
      const longest = Number(this.element.dataset.longest);
      if (!longest) return;
      const { length } = this.field;
      this.counter.textContent = `${length} ${words.length} ${longest}${length > longest ? `: ${words.tooLong}` : ""}`;
      this.counter.classList.toggle("is-over", length > longest);
    }
    take(html, origin) {
      this.show(html);
      this.taken = this.field.value;
      this.origin = origin;
      typed(this);
      this.focus();
    }
    get chosen() {
      return JSON.stringify(Object.fromEntries(this.addresses.map((each) => [each.dataset.addressOf, each.value.trim()])));
    }
    get now() {
      return `${this.field.value}\n${this.chosen}`;
    }
    get dirty() {
      return Boolean(this.field) && this.now !== this.saved;
    }
    get fields() {
      const { value: text } = this.field;
      const fields = { text, seen: this.seen, origin: this.origin ?? "typed" };
      // What nobody may change is not sent.
      if (this.addresses.length) fields.links = this.chosen;
      return fields;
    }
    kept(sent, body) {
      this.seen = String(body.number);
      this.saved = `${sent.text}\n${sent.links ?? this.chosen}`;
      this.said("");
    }
    said(text) {
      const line = this.element.querySelector("[data-said]");
      line.textContent = text;
      line.hidden = !text;
    }
    focus() {
      (this.field?.element ?? this.element).focus();
      this.element.scrollIntoView({ block: "nearest" });
    }
  }

  return { Segment, segmentOf: (node) => known.get(node?.closest?.(".tl-segment")) };
}
