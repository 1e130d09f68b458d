// A log-in that ran out loses nothing: it is said at once, and after a new log-in in another tab the open form
// saves again (logging in changes the token that each form carries).
const here = document.currentScript;

const token = () =>
  document.cookie
    .split("; ")
    .find((cookie) => cookie.startsWith("csrftoken="))
    ?.slice("csrftoken=".length);

const renew = (form) => {
  const field = form?.elements?.csrfmiddlewaretoken;
  const fresh = token();
  if (field && fresh) field.value = fresh;
  return fresh;
};

let note;
const say = () => {
  if (note) return;
  note = document.createElement("div");
  note.className = "ancrage-note ancrage-logged-out";
  note.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = here.dataset.login;
  link.target = "_blank";
  link.textContent = here.dataset.loginLabel;
  note.append(here.dataset.loggedOut, " ", link);
  document.querySelector("form[data-edit-form]")?.before(note);
  note.scrollIntoView({ block: "nearest" });
};

document.addEventListener("w-autosave:save", (event) => {
  const fresh = renew(event.target);
  if (fresh) event.detail?.formData?.set("csrfmiddlewaretoken", fresh);
});
document.addEventListener("w-autosave:success", () => {
  note?.remove();
  note = undefined;
});
document.addEventListener("w-autosave:error", async () => {
  try {
    const answer = await fetch(here.dataset.home, { redirect: "manual" });
    if (answer.type === "opaqueredirect") say();
  } catch {
    // No network: the editor says so itself.
  }
});
document.addEventListener("submit", (event) => renew(event.target), true);
