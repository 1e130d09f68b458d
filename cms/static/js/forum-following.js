// Following: a level is saved when it is chosen.
for (const form of document.querySelectorAll("[data-forum-follow]")) {
  const status = form.querySelector("[role=status]");
  const select = form.querySelector("select");
  form.querySelector("button").hidden = true;
  select.addEventListener("change", async () => {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        headers: { "X-Requested-With": "fetch" },
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      status.textContent = (await answer.text()).trim();
    } catch {
      form.submit(); // the page then says what is wrong
    }
  });
}
