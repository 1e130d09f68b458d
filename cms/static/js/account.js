// Public pages are the same for everyone. For someone who is signed in, their own part comes afterwards.
const place = document.querySelector("[data-fragment]");

if (place && /(?:^|;\s*)signed_in=1(?:;|$)/.test(document.cookie)) {
  fetch(place.dataset.fragment, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
    .then((html) => { if (html.trim()) place.innerHTML = html; })
    .catch(() => { /* the log-in link stays, and works */ });
}
