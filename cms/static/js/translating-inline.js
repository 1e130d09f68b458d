// The words of a segment as something to type in: rich text as rich text, plain text in a field that grows.
// Nothing but the tags that a segment may hold comes in or goes out; links are those of the original.
const KEPT = new Set(["ABBR", "ACRONYM", "B", "CODE", "EM", "I", "STRONG"]);
const BLOCKS = new Set(["DIV", "P", "LI"]);
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]);
const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

// Canonical markup → nodes, built anew: what the parser made is never put on the page.
function nodes(html, links) {
  const fill = (from, to, placed) => {
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) to.append(child.data.replace(/[\n\r\t ]+/g, " "));
      else if (child.nodeType === Node.ELEMENT_NODE) to.append(...element(child, placed));
    }
    return to;
  };
  const element = (child, placed) => {
    if (child.tagName === "BR") return [document.createElement("br")];
    let made;
    if (child.tagName === "A") {
      const name = child.id || child.dataset.link;
      if (!links.has(name) || placed.has(name)) return [...fill(child, new DocumentFragment(), placed).childNodes];
      placed.add(name);
      made = anchor(name, links);
    } else if (KEPT.has(child.tagName)) made = document.createElement(child.tagName);
    else return [...fill(child, new DocumentFragment(), placed).childNodes];
    return [fill(child, made, placed)];
  };
  return fill(parsed(html), new DocumentFragment(), new Set());
}

function anchor(name, links) {
  const made = document.createElement("a");
  made.dataset.link = name;
  made.title = links.get(name);
  return made;
}

// Nodes → canonical markup. A line break at the very end is the browser's own.
function markup(root) {
  const placed = new Set();
  const written = (node, within) => {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data).replace(/\r?\n/g, "<br>");
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.tagName === "BR") return "<br>";
    const tag = node.tagName;
    const inner = (inside) => [...node.childNodes].map((child) => written(child, inside)).join("");
    if (tag === "A" && node.dataset.link && !placed.has(node.dataset.link) && !within.has("A")) {
      placed.add(node.dataset.link);
      const text = inner(new Set([...within, tag]));
      return text ? `<a id="${node.dataset.link}">${text}</a>` : "";
    }
    if (KEPT.has(tag) && !within.has(tag)) {
      const text = inner(new Set([...within, tag]));
      return text ? `<${tag.toLowerCase()}>${text}</${tag.toLowerCase()}>` : "";
    }
    if (BLOCKS.has(tag) && node.previousSibling) return `<br>${inner(within)}`;
    return inner(within);
  };
  const whole = [...root.childNodes].map((child) => written(child, new Set())).join("");
  return whole.replace(/(\s|<br>)+$/, "").replace(/^\s+/, "");
}

function plain(html) {
  const walk = (node) =>
    node.nodeType === Node.TEXT_NODE ? node.data : node.tagName === "BR" ? "\n" : [...node.childNodes].map(walk).join("");
  return walk(parsed(html));
}

// The links of the original: name → the words they stand on there.
export function linksOf(html) {
  const found = [...parsed(html).querySelectorAll("a")].filter((each) => each.id);
  return new Map(found.map((each) => [each.id, each.textContent]));
}

class PlainField {
  constructor({ label, lang, dir, lines }) {
    this.lines = lines;
    this.element = Object.assign(document.createElement("textarea"), { rows: 1, lang, dir, spellcheck: true });
    this.element.setAttribute("aria-label", label);
    this.element.className = "tl-input";
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !lines && !event.isComposing) event.preventDefault();
    });
    this.element.addEventListener("input", () => this.fit());
    this.tools = null;
  }
  get value() {
    const text = this.lines ? this.element.value : this.element.value.replace(/\s*\n\s*/g, " ");
    return escaped(text.trim()).replace(/\r?\n/g, "<br>");
  }
  set value(html) {
    this.element.value = plain(html);
    this.fit();
  }
  get length() {
    return plain(this.value).length;
  }
  fit() {
    this.element.style.blockSize = "auto";
    this.element.style.blockSize = `${this.element.scrollHeight + 2}px`;
  }
}

class RichField {
  constructor({ label, lang, dir, links, words }) {
    this.links = links;
    this.words = words;
    this.element = Object.assign(document.createElement("div"), { lang, dir, spellcheck: true, contentEditable: "true" });
    this.element.className = "tl-input tl-rich";
    this.element.setAttribute("role", "textbox");
    this.element.setAttribute("aria-multiline", "true");
    this.element.setAttribute("aria-label", label);
    this.tools = this.makeTools();
    this.listen();
  }
  get value() {
    return markup(this.element);
  }
  set value(html) {
    this.element.replaceChildren(nodes(html, this.links));
    this.showLinks();
  }
  get length() {
    return plain(this.value).length;
  }
  fit() {}
  listen() {
    this.element.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        document.execCommand("insertLineBreak");
      } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        const next = [...this.links.keys()].find((name) => !this.placed(name));
        if (next) this.place(next);
      } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "u") event.preventDefault();
    });
    const insertPlain = (event, data) => {
      event.preventDefault();
      const text = data?.getData("text/plain").replace(/\s*\r?\n\s*/g, " ");
      if (text) document.execCommand("insertText", false, text);
    };
    this.element.addEventListener("paste", (event) => insertPlain(event, event.clipboardData));
    this.element.addEventListener("drop", (event) => insertPlain(event, event.dataTransfer));
    this.element.addEventListener("input", () => this.showLinks());
  }
  makeTools() {
    const bar = document.createElement("div");
    bar.className = "tl-format";
    bar.append(
      this.button("B", this.words.bold, "tl-bold", () => this.command("bold")),
      this.button("I", this.words.italic, "tl-italic", () => this.command("italic")),
      this.button("↵", this.words.break, "", () => this.command("insertLineBreak")),
    );
    let number = 0;
    this.chips = new Map();
    for (const [name, text] of this.links) {
      number += 1;
      const chip = this.button("", "", "tl-chip", () => this.toggle(name));
      const mark = Object.assign(document.createElement("span"), { className: "tl-number", textContent: number });
      const state = Object.assign(document.createElement("span"), { className: "tl-chip-state" });
      chip.append(mark, ` ${text} `, state);
      chip.dataset.link = name;
      this.chips.set(name, chip);
      bar.append(chip);
    }
    return bar;
  }
  button(text, title, kind, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, className: kind });
    if (title) {
      made.title = title;
      made.setAttribute("aria-label", title);
    }
    // The selection in the field stays what it is.
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", act);
    return made;
  }
  command(name) {
    this.element.focus();
    document.execCommand("styleWithCSS", false, false);
    document.execCommand(name);
  }
  placed(name) {
    return this.element.querySelector(`a[data-link="${CSS.escape(name)}"]`);
  }
  toggle(name) {
    const here = this.placed(name);
    if (!here) return this.place(name);
    here.replaceWith(...here.childNodes);
    this.changed();
  }
  // Around the selected words; where none are selected, on the words of the original.
  place(name) {
    this.element.focus();
    const selection = getSelection();
    let range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || !this.element.contains(range.commonAncestorContainer)) {
      range = document.createRange();
      range.selectNodeContents(this.element);
      range.collapse(false);
    }
    const made = anchor(name, this.links);
    const taken = range.extractContents();
    for (const inner of taken.querySelectorAll("a")) inner.replaceWith(...inner.childNodes);
    made.append(taken.textContent ? taken : this.links.get(name));
    // No link within a link: it is put behind the one the caret stands in.
    const around = range.startContainer.parentElement?.closest("a[data-link]");
    if (around && this.element.contains(around)) around.after(made);
    else range.insertNode(made);
    range.selectNodeContents(made);
    selection.removeAllRanges();
    selection.addRange(range);
    this.changed();
  }
  changed() {
    this.element.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  showLinks() {
    for (const [name, chip] of this.chips) {
      const here = Boolean(this.placed(name));
      chip.setAttribute("aria-pressed", here);
      chip.querySelector(".tl-chip-state").textContent = here ? "✓" : this.words.linkMissing;
      chip.title = here ? this.words.linkPlaced : this.words.linkMissing;
    }
  }
}

export const makeField = (options) => (options.rich ? new RichField(options) : new PlainField(options));
