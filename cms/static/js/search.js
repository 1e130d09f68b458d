// A search box says what it becomes; how it suggests is loaded with its first use: most readers follow links.
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const input = form.querySelector("input[type=search]");
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
  })) input.setAttribute(name, value);
  const begin = () => import(form.dataset.script).then(({ SearchBox }) => new SearchBox(form)).catch(() => { /* a plain form, then */ });
  if (form.contains(document.activeElement)) begin();
  else form.addEventListener("focusin", begin, { once: true });
}
