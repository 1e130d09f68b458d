// Whether there are newer posts. Asks seldom where nothing happens, not at all while the page is not looked at, and
// stops where the answer is that there is nothing for us here.
const FIRST = 15_000; // milliseconds
const SLOWEST = 180_000;
const SLOWER = 1.4;

function announceNews(place) {
  let interval = FIRST;
  let timer = null;
  let tag = "";
  let stopped = false;
  let asking = false;

  function wait() {
    clearTimeout(timer);
    if (!stopped && !document.hidden) timer = setTimeout(ask, interval);
  }

  function slower() {
    interval = Math.min(SLOWEST, interval * SLOWER);
  }

  async function ask() {
    if (asking || stopped || document.hidden) return;
    asking = true;
    try {
      const headers = { "X-Requested-With": "fetch", ...(tag ? { "If-None-Match": tag } : {}) };
      const address = `${place.dataset.forumNews}?after=${place.dataset.after}`;
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", headers });
      if (answer.redirected || [400, 401, 403, 404, 410].includes(answer.status)) stopped = true;
      else if (answer.status === 200) show(await answer.text());
      if (answer.ok) tag = answer.headers.get("ETag") ?? "";
      slower();
    } catch {
      slower(); // no connection: perhaps later
    } finally {
      asking = false;
      wait();
    }
  }

  function show(html) {
    if (place.innerHTML.trim() === html.trim()) return; // said once is enough
    place.innerHTML = html;
    interval = FIRST;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      clearTimeout(timer);
    } else {
      interval = FIRST;
      ask();
    }
  });
  wait();
}

for (const place of document.querySelectorAll("[data-forum-news]")) announceNews(place);
