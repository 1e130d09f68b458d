// The editor of a translation: fields, keys, who else is here. The parts are in the files beside this one.
const root = document.getElementById("tl");
const said = root.dataset;
const [inline, { makeSegments }, { Saving, post }, { Panels, Preview, fragment, put }] = await Promise.all(
  [said.inline, said.segment, said.saving, said.panels].map((address) => import(address)),
);

const LOOK = 20_000; // milliseconds between two looks at what others saved
const CHOOSE = 3000; // milliseconds to say which suggestion
const words = Object.fromEntries(
  Object.entries(said)
    .filter(([name]) => name.startsWith("say"))
    .map(([name, text]) => [name[3].toLowerCase() + name.slice(4), text]),
);

const { Segment, segmentOf } = makeSegments({
  inline,
  words,
  said,
  typed: (segment) => saving.typed(segment),
  save: (segment) => saving.save(segment),
});

// --- Saving -----------------------------------------------------------------------------------------------------

const saving = new Saving({
  base: said.base,
  said: root.querySelector("[data-save-state]"),
  words,
  settle(segment, body) {
    settle(segment, body);
    preview?.refresh();
    look();
  },
  refuse(segment, status, body) {
    if (body.error === "stale") return showTheirs(segment, body);
    if (status >= 400 && status !== 401) segment.said(body.said ?? words.refused);
    // Sending the same again would be refused again: until something else is typed.
    if (["holder", "closed", "moved", "denied"].includes(body.error)) segment.blocked = true;
  },
  loggedOut(out) {
    root.querySelector(".tl-logged-out")?.remove();
    if (!out) return;
    const note = document.createElement("div");
    note.className = "ancrage-told tl-logged-out";
    note.setAttribute("role", "alert");
    const link = Object.assign(document.createElement("a"), { href: said.login, target: "_blank", textContent: words.logIn });
    note.append(words.loggedOut, " ", link);
    root.querySelector(".tl-bar").after(note);
  },
});

function settle(segment, body) {
  const { element } = segment;
  element.dataset.state = body.state;
  element.toggleAttribute("data-to-do", body.to_do);
  put(element.querySelector("[data-status]"), body.status);
  put(root.querySelector("[data-progress]"), body.progress);
  const missing = root.querySelector("[data-missing]");
  if (missing) put(missing, body.missing);
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "button button-small button-secondary";
  made.addEventListener("click", act);
  return made;
}

// Two people saved the same segment: both texts stand side by side until one of them, or a third, is chosen.
function showTheirs(segment, body) {
  const holder = segment.element.querySelector("[data-theirs]");
  const text = document.createElement("div");
  text.className = "tl-words";
  text.lang = said.targetLang;
  text.dir = said.targetDir;
  put(text, body.shown);
  const over = (keep) => {
    segment.seen = String(body.number);
    segment.blocked = false;
    if (!keep) holder.hidden = true;
    segment.said("");
  };
  const choices = document.createElement("p");
  choices.className = "tl-tools";
  choices.append(
    button(words.keepMine, () => {
      over();
      saving.save(segment);
    }),
    button(words.takeTheirs, () => {
      over();
      segment.show(body.text);
      segment.saved = segment.now;
      saving.typed(segment);
      refresh(segment);
    }),
    button(words.adapt, () => {
      over(true);
      choices.remove();
      segment.focus();
    }),
  );
  const title = Object.assign(document.createElement("p"), { className: "tl-soft", textContent: words.theirs });
  holder.replaceChildren(title, text, choices);
  holder.hidden = false;
  segment.blocked = true;
  segment.said(body.said);
}

// --- What others do -----------------------------------------------------------------------------------------------

async function refresh(segment) {
  const html = await fragment(`${said.base}segments/${segment.key}/`);
  if (segment.dirty) return;
  const focused = segment.element.contains(document.activeElement);
  const made = document.createElement("template");
  made.innerHTML = html;
  const element = made.content.querySelector(".tl-segment");
  segment.element.replaceWith(element);
  const fresh = new Segment(element);
  if (focused) fresh.focus();
}

let last = Number(said.last);
async function look() {
  if (document.hidden) return;
  let found;
  try {
    const answer = await fetch(`${said.base}changes/?since=${last}`, { redirect: "manual" });
    if (!answer.ok) return;
    found = await answer.json();
  } catch {
    return;
  }
  last = found.last;
  for (const { key, number, by, mine } of found.segments) {
    const segment = segmentOf(document.getElementById(`s-${key}`));
    if (!segment || Number(segment.seen) >= number) continue;
    if (segment.dirty || segment.element.contains(document.activeElement)) {
      if (!mine) segment.said(`${by} ${words.atWork}`);
    } else await refresh(segment);
  }
  // What is decided on is what stood on this screen.
  const seen = root.querySelector("[data-last]");
  if (seen) seen.value = last;
  const moved =
    String(found.holder ?? "") !== said.holder ||
    Boolean(found.in_review) !== Boolean(said.inReview) ||
    String(found.version) !== said.version;
  if (moved) tellMoved();
}

function tellMoved() {
  if (root.querySelector(".tl-moved")) return;
  const note = document.createElement("div");
  note.className = "ancrage-note tl-moved";
  note.setAttribute("role", "alert");
  const link = Object.assign(document.createElement("a"), { href: said.base, textContent: words.reload });
  note.append(words.moved, " ", link);
  root.querySelector(".tl-bar").after(note);
}

// --- Moving about -------------------------------------------------------------------------------------------------

const shown = () =>
  [...root.querySelectorAll(".tl-segment")].filter((element) => !element.closest("details.tl-fold:not([open])"));

function step(by, accept = () => true) {
  const all = shown();
  const here = document.activeElement?.closest(".tl-segment");
  let place = here ? all.indexOf(here) : by > 0 ? -1 : all.length;
  do place += by;
  while (all[place] && !accept(all[place]));
  const found = segmentOf(all[place]);
  found?.focus();
  return Boolean(found);
}

function jump(address) {
  const element = document.getElementById(address.slice(1));
  if (!element) return;
  element.closest("details.tl-fold")?.setAttribute("open", "");
  segmentOf(element)?.focus();
}

function take(segment, chosen) {
  if (segment?.field && chosen) segment.take(chosen.dataset.suggestion, chosen.dataset.origin ?? "memory");
}

const acts = {
  copy: (segment) => segment.take(segment.element.dataset.source, "source"),
  adapt: (segment) => segment.take(segment.element.dataset.old, "page"),
  async confirm(segment) {
    const { status, body } = await post(`${said.base}confirm/`, { key: segment.key });
    if (status !== 200) return segment.said(body.said ?? words.gone);
    settle(segment, body);
    segment.saved = segment.field ? segment.now : "";
    await refresh(segment);
  },
  machine: (segment) => panels.suggest(segment, true),
  preview: () => preview.toggle(),
  help: () => document.getElementById("tl-help").showModal(),
  "next-to-do"() {
    const open = (element) => "toDo" in element.dataset;
    if (!step(1, open)) {
      document.activeElement.blur();
      step(1, open);
    }
  },
};

let choosing;
function keys(event) {
  const segment = segmentOf(document.activeElement);
  const control = event.ctrlKey || event.metaKey;
  const pressed = event.key.toLowerCase();
  const chosen = choosing && /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
  if (choosing && !["control", "meta"].includes(pressed)) {
    clearTimeout(choosing);
    choosing = undefined;
  }
  if (chosen && segment) take(segment, panels.suggestion(segment, chosen));
  else if (control && event.key === "Enter" && segment?.field) {
    saving.save(segment);
    step(1);
  } else if (event.altKey && event.key === "PageDown") step(1);
  else if (event.altKey && event.key === "PageUp") step(-1);
  else if (control && pressed === "o" && segment?.field) acts.copy(segment);
  else if (control && pressed === "m" && segment?.field) choosing = setTimeout(() => (choosing = undefined), CHOOSE);
  else if (event.key === "?" && !event.target.closest("input, textarea, select, [contenteditable]")) acts.help();
  else return;
  event.preventDefault();
}

function click(event) {
  const pressed = event.target.closest("[data-do], [data-panel], [data-suggestion], [data-jump]");
  if (!pressed) return;
  const segment = segmentOf(pressed);
  if (pressed.dataset.panel) panels.toggle(segment, pressed);
  else if (pressed.dataset.do) acts[pressed.dataset.do](segment);
  else if (pressed.dataset.suggestion !== undefined) take(segment, pressed);
  else {
    event.preventDefault();
    jump(pressed.hash);
  }
}

async function submit(event) {
  const form = event.target;
  const segment = segmentOf(form);
  if (form.matches("[data-dismiss]")) {
    event.preventDefault();
    await fragment(form.action, { method: "POST", body: new FormData(form) }).catch(() => segment.said(words.gone));
    if (!segment.dirty) await refresh(segment);
  } else if (segment && form.closest("[data-opened]")) {
    event.preventDefault();
    await panels.submit(segment, form);
  } else if (form.matches("[data-flush]") && saving.unsaved) {
    // What was typed last goes with it, or nothing goes.
    event.preventDefault();
    if (!(await saving.flush())) return;
    await look();
    form.requestSubmit(event.submitter);
  }
}

const panels = new Panels({ base: said.base, words });
const frame = document.getElementById("tl-preview");
const preview =
  frame && new Preview(frame, root.querySelector('[data-do="preview"]'), root.querySelector(".tl-body"));
for (const element of root.querySelectorAll(".tl-segment")) new Segment(element);
root.addEventListener("focusin", (event) => {
  const segment = segmentOf(event.target);
  if (segment?.field && event.target === segment.field.element) panels.suggest(segment);
});
root.addEventListener("click", click);
root.addEventListener("submit", submit);
document.addEventListener("keydown", keys);
document.addEventListener("toggle", (event) => {
  // A field that was not shown has no height of its own yet.
  for (const element of event.target.querySelectorAll?.(".tl-segment") ?? []) segmentOf(element)?.field?.fit();
}, true);
// Lines break elsewhere where the fields have become narrower or wider: beside the preview, in a turned telephone.
let width = 0;
new ResizeObserver(([{ contentRect }]) => {
  if (contentRect.width === width) return;
  width = contentRect.width;
  for (const element of root.querySelectorAll(".tl-segment")) segmentOf(element)?.field?.fit();
}).observe(root.querySelector(".tl-segments"));
document.addEventListener("visibilitychange", look);
setInterval(look, LOOK);
document.getElementById("told")?.focus();
if (location.hash.startsWith("#s-")) jump(location.hash);
root.dataset.ready = "";
