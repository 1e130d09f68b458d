// A conversation: marks without leaving the place, quoting what is selected, times as the clock on the wall says.
const token = () =>
  document.cookie
    .split("; ")
    .find((cookie) => cookie.startsWith("csrftoken="))
    ?.slice("csrftoken=".length) ?? "";

// "en" alone would say dates as in the United States; the site says them as most others do.
const language = (document.documentElement.lang || "en").replace(/^en$/, "en-GB");

// --- Times: kept pages say them in Universal Time ----------------------------------------------------------------

const written = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
for (const time of document.querySelectorAll(".post-facts time[datetime], .draft-found time[datetime]")) {
  time.textContent = written.format(new Date(time.dateTime));
}
for (const note of document.querySelectorAll("[data-utc]")) note.hidden = true;

// --- Menus of posts: one is open at a time -----------------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.more[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// --- Marks -------------------------------------------------------------------------------------------------------

async function mark(button) {
  const body = new URLSearchParams({ [button.name]: button.value });
  const answer = await fetch(button.formAction, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
  });
  if (!answer.ok) throw new Error(answer.status);
  const counts = await answer.json();
  const given = button.name === "give";
  button.name = given ? "take" : "give";
  button.setAttribute("aria-pressed", String(given));
  const shown = button.querySelector("[data-count]");
  if (shown) shown.textContent = counts[button.value] ?? "";
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-mark]");
  if (!button || button.dataset.plain) return;
  event.preventDefault();
  mark(button).catch(() => {
    // Without the script the server says what is wrong.
    button.dataset.plain = "1";
    button.click();
  });
});

// --- Quoting -----------------------------------------------------------------------------------------------------

const composer = document.querySelector("[data-composer]");

/** What is selected within one post's text, with that post; null for anything else. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".post .post-text");
  const text = within(range.startContainer);
  if (!text || text !== within(range.endContainer)) return null;
  const passage = selection.toString().trim();
  return passage ? { passage, post: text.closest(".post"), range } : null;
}

async function quote(link, passage) {
  const address = new URL(link.href);
  if (passage) address.searchParams.set("passage", passage);
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  composer.dispatchEvent(new CustomEvent("forum:quote", { detail: await answer.json() }));
}

if (composer) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    composer.dispatchEvent(new CustomEvent("forum:answer", { detail: { reply_to: link.dataset.reply } }));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-quote]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const choice = selected();
    const own = choice && choice.post.contains(link) ? choice.passage : "";
    quote(link, own).catch(() => location.assign(link.href));
  });

  // A button beside what is selected; by keyboard, the post's own button takes the selection too.
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quote-this";
  button.hidden = true;
  button.textContent = document.querySelector("a[data-quote]")?.textContent ?? "";
  document.body.append(button);
  let choice = null;
  const place = () => {
    choice = selected();
    const link = choice?.post.querySelector("a[data-quote]");
    button.hidden = !link;
    if (!link) return;
    const box = choice.range.getBoundingClientRect();
    button.style.insetBlockStart = `${box.bottom + scrollY + 6}px`;
    button.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - 120))}px`;
  };
  document.addEventListener("selectionchange", () => requestAnimationFrame(place));
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => {
    const link = choice?.post.querySelector("a[data-quote]");
    if (!link) return;
    quote(link, choice.passage).catch(() => location.assign(link.href));
    getSelection().removeAllRanges();
    button.hidden = true;
  });
}
