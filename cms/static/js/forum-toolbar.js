// The toolbar over a text in Markdown. Each tool can be undone as typing can.
const BOTH = { bold: "**", italic: "*" };
const LINES = { quote: () => "> ", list: () => "- ", numbers: (number) => `${number}. ` };
const KEYS = { b: "bold", i: "italic", k: "link" };

/** How often `sign` stands at the beginning of `text`; `runBack`: at its end. */
const run = (text, sign) => {
  let many = 0;
  while (text[many] === sign) many += 1;
  return many;
};
const runBack = (text, sign) => {
  let many = 0;
  while (text[text.length - 1 - many] === sign) many += 1;
  return many;
};
/** Whether `mark` is among so many signs: `***` is bold and italic, `**` is bold alone. */
const marked = (signs, mark) => (mark.length === 2 ? signs >= 2 : signs % 2 === 1);

export class Writing {
  constructor(form, text) {
    this.text = text;
    this.onAttach = () => {};
    const tools = form.querySelector("template[data-tools]").content.cloneNode(true).firstElementChild;
    form.querySelector("[data-box]").prepend(tools);
    this.buttons = [...tools.querySelectorAll("button")];
    // One stop for the Tab key; the arrows go from tool to tool.
    this.buttons.forEach((button, at) => (button.tabIndex = at ? -1 : 0));
    tools.addEventListener("keydown", (event) => this.walk(event));
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-tool]");
      if (button) this.use(button.dataset.tool);
    });
    text.addEventListener("keydown", (event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
      if (!tool) return;
      event.preventDefault();
      this.use(tool);
    });
  }

  walk(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const forward = getComputedStyle(this.text).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const step = { [forward]: 1, [back]: -1 }[event.key];
    if (!step || at < 0) return;
    event.preventDefault();
    const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length];
    this.buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  }

  use(tool) {
    if (tool === "attach") return this.onAttach();
    this.text.focus();
    if (tool in BOTH) return this.around(BOTH[tool]);
    if (tool in LINES) return this.lines(LINES[tool]);
    if (tool === "link") return this.link();
    return this.code();
  }

  get chosen() {
    return this.text.value.slice(this.text.selectionStart, this.text.selectionEnd);
  }

  /** Put `words` where the selection is. */
  insert(words) {
    this.text.focus();
    // Kept by browsers for this: what it does can be undone.
    if (!document.execCommand("insertText", false, words)) {
      this.text.setRangeText(words, this.text.selectionStart, this.text.selectionEnd, "end");
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Put `mark` around the selection, or take it away where it stands already: within the selection, or just outside. */
  around(mark) {
    const { value, selectionStart: start, selectionEnd: end } = this.text;
    const chosen = this.chosen;
    const [long, sign] = [mark.length, mark[0]];
    if (chosen.length >= 2 * long && marked(Math.min(run(chosen, sign), runBack(chosen, sign)), mark)) {
      this.insert(chosen.slice(long, -long));
      this.text.setSelectionRange(start, end - 2 * long);
    } else if (chosen && marked(Math.min(runBack(value.slice(0, start), sign), run(value.slice(end), sign)), mark)) {
      this.text.setSelectionRange(start - long, end + long);
      this.insert(chosen);
      this.text.setSelectionRange(start - long, end - long);
    } else {
      this.insert(`${mark}${chosen}${mark}`);
      this.text.setSelectionRange(start + long, end + long);
    }
  }

  lines(mark) {
    const { value } = this.text;
    const start = value.lastIndexOf("\n", this.text.selectionStart - 1) + 1;
    const after = value.indexOf("\n", this.text.selectionEnd);
    const end = after < 0 ? value.length : after;
    const made = value
      .slice(start, end)
      .split("\n")
      .map((line, at) => `${mark(at + 1)}${line}`)
      .join("\n");
    // A list or a quotation begins after an empty line.
    const apart = start > 1 && value[start - 2] !== "\n" ? "\n" : "";
    this.text.setSelectionRange(start, end);
    this.insert(apart + made);
  }

  link() {
    const chosen = this.chosen;
    const at = this.text.selectionStart;
    if (/^https?:\/\/\S+$/.test(chosen)) {
      this.insert(`[](${chosen})`);
      this.text.setSelectionRange(at + 1, at + 1);
      return;
    }
    this.insert(`[${chosen}](https://)`);
    const begins = chosen ? at + chosen.length + 3 : at + 1;
    this.text.setSelectionRange(begins, chosen ? begins + "https://".length : begins);
  }

  code() {
    const chosen = this.chosen;
    if (!chosen.includes("\n")) return this.around("`");
    return this.insert(`\n\`\`\`\n${chosen}\n\`\`\`\n`);
  }
}
