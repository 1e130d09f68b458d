// Saves segments as they are typed, one request a segment at a time, and says where it stands.
const WAIT = 1500; // milliseconds after the last key
const AGAIN = 8000; // milliseconds until the next try, where there is no connection

const token = () =>
  document.cookie
    .split("; ")
    .find((cookie) => cookie.startsWith("csrftoken="))
    ?.slice("csrftoken=".length) ?? "";

// An answer as { status, body }; status 0 without a connection, 401 where the log-in ran out.
export async function post(address, fields) {
  const body = new URLSearchParams(fields);
  const headers = { "X-CSRFToken": token(), Accept: "application/json" };
  try {
    const answer = await fetch(address, { method: "POST", body, headers, redirect: "manual" });
    if (answer.type === "opaqueredirect") return { status: 401, body: {} };
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!json) return { status: answer.status === 403 ? await reasonOf403() : answer.status || 500, body: {} };
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: {} };
  }
}

// A refused token and a log-in that ran out look alike: a page that needs a log-in tells them apart.
async function reasonOf403() {
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    return answer.type === "opaqueredirect" ? 401 : 403;
  } catch {
    return 0;
  }
}

export class Saving {
  // `settle(segment, body)` shows what was saved; `refuse(segment, status, body)` what was not.
  constructor({ base, said, words, settle, refuse, loggedOut }) {
    Object.assign(this, { base, said, words, settle, refuse, loggedOut });
    this.waiting = new Map();
    this.pending = new Set();
    this.state = "saved";
    addEventListener("online", () => this.flush());
    addEventListener("focus", () => this.state !== "saved" && this.flush());
    addEventListener("beforeunload", (event) => {
      if (this.unsaved && !this.leaving) event.preventDefault();
    });
  }
  get unsaved() {
    return this.waiting.size + this.pending.size > 0;
  }
  typed(segment) {
    clearTimeout(this.waiting.get(segment));
    if (!segment.dirty) this.waiting.delete(segment);
    else this.waiting.set(segment, segment.blocked ? 0 : setTimeout(() => this.save(segment), WAIT));
    this.say(this.unsaved ? "unsaved" : "saved");
  }
  async flush() {
    await Promise.all([...this.waiting.keys()].map((segment) => this.save(segment)));
    await Promise.all([...this.pending].map((segment) => segment.request));
    return !this.unsaved;
  }
  save(segment) {
    clearTimeout(this.waiting.get(segment));
    if (!segment.dirty) {
      this.waiting.delete(segment);
      this.say(this.unsaved ? this.state : "saved");
      return Promise.resolve(true);
    }
    if (segment.blocked) return Promise.resolve(false);
    // One at a time: what is typed meanwhile follows with the number it is then written over.
    if (this.pending.has(segment)) return segment.request.then(() => this.save(segment));
    segment.request = this.send(segment).finally(() => {
      this.pending.delete(segment);
      this.say(this.unsaved ? this.state : this.state === "saving" ? "saved" : this.state);
    });
    this.pending.add(segment);
    return segment.request;
  }
  async send(segment) {
    const sent = segment.fields;
    this.waiting.delete(segment);
    this.say("saving");
    const { status, body } = await post(`${this.base}segments/${segment.key}/`, sent);
    if (status === 200) {
      segment.kept(sent, body);
      this.settle(segment, body);
      if (segment.dirty) this.typed(segment);
      return true;
    }
    this.waiting.set(segment, status === 0 || status === 401 ? setTimeout(() => this.save(segment), AGAIN) : 0);
    if (status === 401) this.loggedOut(true);
    this.say(status === 0 ? "failed" : status === 401 ? "loggedOut" : "refused");
    this.refuse(segment, status, body);
    return false;
  }
  say(state) {
    if (state === "saved") this.loggedOut(false);
    // A failure is said until something was saved.
    if (state === "unsaved" && ["failed", "loggedOut"].includes(this.state)) return;
    this.state = state;
    this.said.dataset.state = state;
    if (this.said.textContent !== this.words[state]) this.said.textContent = this.words[state];
  }
}
