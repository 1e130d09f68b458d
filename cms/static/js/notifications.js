// Whoever follows a link of a notification has read it. Without this, the button beside it says so.
const list = document.querySelector("[data-read-at]");

list?.addEventListener("click", (event) => {
  const form = event.target.closest("a") && event.target.closest(".unread")?.querySelector("form");
  if (form) {
    const read = new FormData(form);
    read.append("quiet", "1");
    navigator.sendBeacon(list.dataset.readAt, read);
  }
});
