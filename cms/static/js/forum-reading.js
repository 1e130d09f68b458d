// How far somebody has read: a post counts once its end was in view for a while. Told now and then, and at the latest
// when the page is left. The server only ever raises it.
const LOOKED_AT = 1000; // milliseconds
const PAUSE = 3000;

function noteReading(form) {
  const posts = [...document.querySelectorAll("[id^='post-']")].filter((post) => post.matches("article, li, section"));
  if (!posts.length || !("IntersectionObserver" in window)) return;
  form.hidden = true;
  let seen = 0;
  let told = 0;
  let unlooked = 0; // in view while the page was not
  let pause = null;
  const waiting = new Map();

  function tell() {
    clearTimeout(pause);
    pause = null;
    if (seen <= told) return;
    told = seen;
    const read = new FormData(form);
    read.set("number", String(seen));
    read.set("quiet", "1");
    navigator.sendBeacon(form.action, read);
  }

  function note(number) {
    if (document.hidden) unlooked = Math.max(unlooked, number);
    if (document.hidden || number <= seen) return;
    seen = number;
    pause ??= setTimeout(tell, PAUSE);
  }

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(waiting.get(target));
      const number = Number(target.dataset.ends);
      if (isIntersecting) waiting.set(target, setTimeout(() => note(number), LOOKED_AT));
    }
  });
  for (const post of posts) {
    const end = document.createElement("span"); // without height: a post may be longer than the window
    end.dataset.ends = post.id.slice("post-".length);
    post.append(end);
    observer.observe(end);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) tell();
    else if (unlooked) setTimeout(() => note(unlooked), LOOKED_AT);
  });
  addEventListener("pagehide", tell);
}

for (const form of document.querySelectorAll("[data-forum-read]")) noteReading(form);
