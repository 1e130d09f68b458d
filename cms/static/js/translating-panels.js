// What is loaded when it is asked for: suggestions, comments, history; and the frame with the preview.
const REFRESH = 800; // milliseconds after the last saving

export async function fragment(address, options = {}) {
  const answer = await fetch(address, { redirect: "manual", headers: { Accept: "text/html" }, ...options });
  // 422: the part says itself what is wrong with what was sent.
  if (!answer.ok && answer.status !== 422) throw Object.assign(new Error(address), { status: answer.status });
  return answer.text();
}

// HTML of our own server; there is no script in it, and the policy of the page would run none.
export function put(holder, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  holder.replaceChildren(made.content);
}

export class Panels {
  constructor({ base, words }) {
    Object.assign(this, { base, words });
    this.withoutSuggestions = false;
  }
  address(segment, part) {
    return `${this.base}segments/${segment.key}/${part}/`;
  }
  async toggle(segment, button) {
    const holder = segment.element.querySelector("[data-opened]");
    const part = button.dataset.panel;
    const open = button.getAttribute("aria-expanded") === "true";
    for (const each of segment.element.querySelectorAll("[data-panel]")) each.setAttribute("aria-expanded", "false");
    holder.hidden = open;
    if (open) return;
    button.setAttribute("aria-expanded", "true");
    try {
      put(holder, await fragment(this.address(segment, part)));
    } catch {
      holder.textContent = this.words.gone;
    }
  }
  // A form of a panel is answered by the panel as it is then.
  async submit(segment, form) {
    const holder = segment.element.querySelector("[data-opened]");
    const body = new FormData(form);
    try {
      put(holder, await fragment(form.action, { method: "POST", body }));
      const said = holder.querySelector("[data-count]");
      if (said) segment.element.querySelector("[data-comments]").textContent = said.dataset.count;
    } catch {
      holder.prepend(Object.assign(document.createElement("p"), { textContent: this.words.gone }));
    }
  }
  // `machine`: the machine is asked too, which may cost something.
  async suggest(segment, machine = false) {
    if (this.withoutSuggestions || (segment.suggested && !machine)) return;
    segment.suggested = true;
    const holder = segment.element.querySelector("[data-suggestions]");
    holder.setAttribute("aria-busy", true);
    try {
      put(holder, await fragment(`${this.address(segment, "suggestions")}${machine ? "?machine=1" : ""}`));
      holder.hidden = !holder.textContent.trim();
    } catch (error) {
      if (error.status === 404) this.withoutSuggestions = true;
      else segment.suggested = false;
      if (machine) segment.said(this.words.gone);
    } finally {
      holder.removeAttribute("aria-busy");
    }
  }
  suggestion(segment, number) {
    return segment.element.querySelectorAll("[data-suggestions] [data-suggestion]")[number - 1];
  }
}

export class Preview {
  constructor(panel, button, body) {
    Object.assign(this, { panel, button, body });
    this.frame = panel.querySelector("iframe");
    this.frame.addEventListener("load", () => this.frame.contentWindow?.scrollTo(0, this.scrolled ?? 0));
  }
  get open() {
    return !this.panel.hidden;
  }
  toggle() {
    this.panel.hidden = this.open;
    this.button.setAttribute("aria-expanded", this.open);
    this.body.classList.toggle("has-preview", this.open);
    if (this.open && !this.loaded) this.load();
    if (this.open) this.panel.scrollIntoView({ block: "nearest" });
  }
  load() {
    if (!this.loaded) this.frame.src = this.frame.dataset.src;
    else {
      this.scrolled = this.frame.contentWindow?.scrollY;
      this.frame.contentWindow?.location.reload();
    }
    this.loaded = true;
  }
  refresh() {
    if (!this.loaded) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), REFRESH);
  }
}
