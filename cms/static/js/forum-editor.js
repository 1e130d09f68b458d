// The place where one writes: toolbar, preview, drafts, names, files. The parts are in the files beside this one.
const form = document.querySelector("[data-composer]");
const said = form.dataset;
const [{ Writing }, { Drafts }, { Names }, { Files }] = await Promise.all(
  [said.toolbar, said.drafts, said.names, said.files].map((address) => import(address)),
);

const token = () =>
  document.cookie
    .split("; ")
    .find((cookie) => cookie.startsWith("csrftoken="))
    ?.slice("csrftoken=".length) ?? "";

/** POST of the forum's own. The answer, whatever it is; an error where there is no connection. */
const send = (address, body, more = {}) =>
  fetch(address, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
    ...more,
  });

const state = form.querySelector("[data-state]");
/** Say something under the text. `actions`: [words, what to do] pairs. */
function tell(words, kind = "", actions = []) {
  state.dataset.kind = kind;
  state.replaceChildren(words);
  for (const [label, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = label;
    button.addEventListener("click", act);
    state.append(" ", button);
  }
}

const text = form.querySelector("textarea[data-text]");
const writing = new Writing(form, text);
const drafts = new Drafts({ form, text, said, send, tell });
new Names({ text, said, tell });
const files = new Files({ form, text, writing, said, send, tell });
writing.onAttach = () => files.choose();
form.dataset.scripted = "";

// Spelling is checked in the language one says one writes in.
const language = () => form.elements.language?.value || said.language || "";
const speak = () => (text.lang = language());
form.addEventListener("input", speak);
text.addEventListener("focus", speak);
speak();

// --- Preview: what it will look like, while one writes -----------------------------------------------------------

const button = form.querySelector("[data-preview]");
let panel = form.querySelector("section.preview");
let asked = 0;

async function preview() {
  const number = ++asked;
  const body = new URLSearchParams({ text: text.value, language: language(), key: said.key, topic: said.topic ?? "" });
  const answer = await send(said.previewUrl, body);
  if (answer.status === 401) return tell(said.sayLoggedOut, "warning");
  if (!answer.ok || number !== asked) return undefined;
  const html = await answer.text();
  if (!panel) {
    panel = document.createElement("section");
    panel.className = "preview";
    panel.id = "preview";
    panel.setAttribute("aria-label", said.sayPreview);
    form.querySelector(".writing").after(panel);
    button.setAttribute("aria-controls", "preview");
    button.setAttribute("aria-expanded", "true");
  }
  const title = document.createElement("p");
  title.className = "overline";
  title.textContent = said.sayPreview;
  const shown = new DOMParser().parseFromString(html, "text/html");
  panel.replaceChildren(title, ...shown.body.childNodes);
  return undefined;
}

let later;
button.addEventListener("click", (event) => {
  event.preventDefault();
  if (panel) {
    panel.remove();
    panel = null;
    button.removeAttribute("aria-controls");
    button.setAttribute("aria-expanded", "false");
    return;
  }
  preview().catch(() => tell(said.sayFailed, "warning"));
});
text.addEventListener("input", () => {
  if (!panel) return;
  clearTimeout(later);
  later = setTimeout(() => preview().catch(() => {}), 600);
});

// --- Answering and quoting from the conversation above -----------------------------------------------------------

const answered = form.elements.reply_to;
const answers = form.querySelector("[data-answers]");

/** Say which post is answered; an empty `id` for none. */
function answer(id) {
  if (!answered) return;
  answered.value = id;
  const post = id && document.querySelector(`.post[data-post="${CSS.escape(id)}"]`);
  answers.hidden = !post;
  if (!post) return;
  const link = answers.querySelector("[data-answered]");
  link.href = `#${post.id}`;
  link.textContent = `#${post.dataset.number} ${post.querySelector(".post-author")?.firstChild?.textContent.trim() ?? ""}`;
}

answers?.querySelector("[data-answers-none]").addEventListener("click", () => {
  answer("");
  text.focus();
});
if (answered?.value) answer(answered.value);

function come() {
  form.scrollIntoView({ block: "center" });
  text.focus({ preventScroll: true });
}

form.addEventListener("forum:answer", ({ detail }) => {
  answer(String(detail.reply_to));
  come();
});
form.addEventListener("forum:quote", ({ detail }) => {
  const before = text.value.trimEnd();
  text.setSelectionRange(text.value.length, text.value.length);
  writing.insert(`${before ? "\n\n" : ""}${detail.text}`);
  if (answered && !answered.value) answer(String(detail.reply_to));
  come();
});

// --- Sending -----------------------------------------------------------------------------------------------------

form.addEventListener("submit", () => {
  // Logging in again in another tab changes the token that the form carries.
  if (token()) form.elements.csrfmiddlewaretoken.value = token();
  drafts.stop();
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=do][value=send]"));
  }
});
