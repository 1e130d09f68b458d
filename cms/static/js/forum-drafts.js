// What is typed is kept on the server. Two windows that write the same draft are told of each other, and nothing is
// lost where there is no connection: the tab keeps it until there is.
const PAUSE = 1500; // milliseconds without a key
const AT_LEAST = 8000; // and while one types on

function windowName() {
  let name = sessionStorage.getItem("forum-window");
  if (!name) {
    name = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    sessionStorage.setItem("forum-window", name);
  }
  return name;
}

export class Drafts {
  constructor({ form, text, said, send, tell }) {
    Object.assign(this, { form, text, said, send, tell });
    this.sequence = Number(said.sequence) || 0;
    this.window = windowName();
    this.place = `forum-draft:${said.key}`;
    this.changed = 0; // when what is not saved yet began
    this.stopped = false;
    this.proposed = "";
    this.fields = ["title", "text", "language", "reply_to", "seen", "based_on", "reason"];
    this.recover();
    form.addEventListener("input", (event) => {
      if (event.target.name === "language") this.proposed = event.target.value;
      if (this.fields.includes(event.target.name)) this.touched();
    });
    addEventListener("pagehide", () => this.leave());
    // Typed before this script came, or brought back by the browser.
    if (text.value !== text.defaultValue) this.touched();
  }

  values() {
    const values = {};
    for (const name of this.fields) values[name] = this.form.elements[name]?.value ?? "";
    return values;
  }

  recover() {
    const kept = sessionStorage.getItem(this.place);
    if (!kept) return;
    const values = JSON.parse(kept);
    if (values.text && !this.text.value.trim()) this.take(values);
    sessionStorage.removeItem(this.place);
  }

  take(values) {
    for (const name of this.fields) {
      const field = this.form.elements[name];
      if (field && values[name] !== undefined) field.value = values[name];
    }
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  touched() {
    if (this.stopped) return;
    const now = Date.now();
    this.changed ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.changed + AT_LEAST - now)));
  }

  body(anyway) {
    const values = { ...this.values(), key: this.said.key, sequence: this.sequence, window: this.window };
    if (anyway) values.anyway = "1";
    return new URLSearchParams(values);
  }

  async save(anyway = false) {
    if (this.stopped) return;
    if (this.saving) return void (this.again = true);
    this.saving = true;
    this.changed = 0;
    try {
      await this.answered(await this.send(this.said.draftsUrl, this.body(anyway)));
    } catch {
      this.keepHere();
      this.tell(this.said.sayFailed, "warning");
    } finally {
      this.saving = false;
      if (this.again) {
        this.again = false;
        this.touched();
      }
    }
  }

  async answered(answer) {
    if (this.stopped) return;
    if (answer.status === 401) {
      this.keepHere();
      this.tell(this.said.sayLoggedOut, "warning");
    } else if (answer.status === 409) {
      this.meet(await answer.json());
    } else if (answer.ok) {
      const found = await answer.json();
      this.sequence = found.sequence;
      sessionStorage.removeItem(this.place);
      this.told(found);
    } else {
      this.keepHere();
      this.tell(this.said.sayFailed, "warning");
    }
  }

  told(found) {
    const choice = this.form.elements.language;
    const other = found.language && choice?.tagName === "SELECT" && found.language !== choice.value;
    if (!other || this.proposed === choice.value) return this.tell(found.sequence ? this.said.saySaved : "");
    return this.tell(`${this.said.sayProposed} ${found.language_name}.`, "", [
      [
        this.said.sayChoose,
        () => {
          choice.value = found.language;
          this.tell("");
          this.touched();
          choice.focus();
        },
      ],
    ]);
  }

  /** Another window has written on. Nothing is decided for anybody. */
  meet(other) {
    this.tell(this.said.sayOther, "warning", [
      [
        this.said.sayTake,
        () => {
          this.sequence = other.sequence;
          this.take(other.data);
          this.tell("");
        },
      ],
      [
        this.said.sayKeep,
        () => {
          this.sequence = other.sequence;
          this.tell("");
          this.save(true);
        },
      ],
    ]);
  }

  keepHere() {
    try {
      sessionStorage.setItem(this.place, JSON.stringify(this.values()));
    } catch {
      // No room: the text stays in the page.
    }
  }

  leave() {
    if (this.stopped || !this.changed) return;
    this.keepHere();
    this.send(this.said.draftsUrl, this.body(false), { keepalive: true }).catch(() => {});
  }

  /** The text is on its way: what is sent is no draft any more. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    sessionStorage.removeItem(this.place);
    // Where the page does not go away after all, the draft goes on.
    setTimeout(() => (this.stopped = false), 10_000);
  }
}
