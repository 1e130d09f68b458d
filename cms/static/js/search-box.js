// Suggestions under a search box, after the "combobox with list autocomplete" of the ARIA practices. Without this script,
// which `search.js` loads, the box is a plain form; with it, it still is: Enter on no suggestion sends what was typed.
const WAIT = 130; // milliseconds after the last key
const SHORTEST = 2;
const EDGE = 8; // pixels between the list and the edge of the window
let boxes = 0;

export class SearchBox {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.address = form.dataset.suggestions;
    this.options = [];
    this.at = -1;
    this.asked = "";
    boxes += 1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${boxes}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.label);
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    form.append(this.list, this.status);
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) this.close(); });
    // Before the box loses focus: the list must not close under the pointer.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(this.options.indexOf(option));
    });
    // Somebody may have typed before this came.
    if (document.activeElement === this.input && this.input.value !== this.input.defaultValue) this.typed();
  }

  typed() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < SHORTEST) { this.asked = ""; this.close(); return; }
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    this.asked = text;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(text)}`, { credentials: "omit", signal: this.request.signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (this.asked === text && document.activeElement === this.input) this.show(suggestions);
    } catch { /* typed on, or the server is away: the form still works */ }
  }

  show(suggestions) {
    this.options = suggestions.map((each, at) => this.option(each, at));
    this.list.replaceChildren(...this.options);
    this.move(-1);
    this.open(this.options.length > 0);
    this.status.textContent = this.options.length ? this.form.dataset.count.replace("%s", this.options.length) : "";
  }

  option(each, at) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = each.url;
    option.dataset.kind = each.kind;
    const title = document.createElement("span");
    title.textContent = each.title;
    if (each.lang) { title.lang = each.lang; title.dir = each.dir; }
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = each.label;
    if (each.lang) {
      const language = document.createElement("span");
      language.lang = each.lang;
      language.dir = each.dir;
      language.textContent = each.lang_name;
      label.append(" · ", language);
    }
    option.append(title, label);
    return option;
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (open) this.stayInSight();
  }

  // The list may be wider than its box, and the box stands where the head of the page has room for it.
  stayInSight() {
    this.list.style.translate = "none";
    const { left, right } = this.list.getBoundingClientRect();
    const shift = Math.max(EDGE - left, 0) + Math.min(document.documentElement.clientWidth - EDGE - right, 0);
    this.list.style.translate = `${shift}px`;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.open(false);
    this.move(-1);
    this.status.textContent = "";
  }

  move(at) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else this.input.removeAttribute("aria-activedescendant");
  }

  go(at) {
    window.location.assign(this.options[at].dataset.url);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (this.options.length && this.asked === this.input.value.trim()) this.open(true);
        else { this.typed(); return; }
      }
      event.preventDefault();
      // One step beyond either end is the box itself.
      const places = this.options.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.move(((this.at + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      this.go(this.at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab") this.close();
  }
}
