// Public pages are the same for everyone. For someone who is signed in, their own part comes afterwards.
const place = document.querySelector("[data-fragment]");
const page = document.querySelector("[data-page]");

if (place && /(?:^|;\s*)signed_in=1(?:;|$)/.test(document.cookie)) {
  const address = place.dataset.fragment + (page ? `?page=${page.dataset.page}` : "");
  fetch(address, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
    .then((html) => {
      if (!html.trim()) return;
      place.innerHTML = html;
      const forPage = place.querySelector("template[data-for-page]");
      if (forPage && page) page.replaceChildren(forPage.content);
      if (forPage) forPage.remove();
    })
    .catch(() => { /* the log-in link stays, and works */ });
}
