// Says how many cases are ticked, and keeps a seventh from being ticked. The server says so too.
const form = document.querySelector("form.choose");

if (form) {
  const limit = Number(form.dataset.limit);
  const said = form.querySelector("[data-chosen]");
  const boxes = [...form.querySelectorAll('input[name="case"]')];
  const fit = () => {
    const full = boxes.filter((box) => box.checked).length >= limit;
    for (const box of boxes) box.disabled = full && !box.checked;
    said.textContent = full ? said.dataset.full : "";
  };
  form.addEventListener("change", fit);
  fit();
}
