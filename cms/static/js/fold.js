// Filters fold on a phone and stand open on a wide screen. Most browsers need only the style sheet for it.
const wide = matchMedia("(min-width: 56rem)");

for (const fold of document.querySelectorAll("details.facets-fold")) {
  const fit = () => {
    fold.classList.toggle("always-open", wide.matches);
    if (wide.matches) fold.open = true;
  };
  if (!wide.matches && !fold.hasAttribute("data-keep-open")) fold.open = false;
  wide.addEventListener("change", fit);
  fit();
}

// In a menu that scrolls, the place where the reader is comes into sight.
const menu = document.querySelector(".menu");
const here = menu?.querySelector("[aria-current]");
if (here && menu.scrollWidth > menu.clientWidth) {
  const [inner, outer] = [here.getBoundingClientRect(), menu.getBoundingClientRect()];
  menu.scrollBy({ left: inner.left + inner.width / 2 - (outer.left + outer.width / 2), behavior: "instant" });
}

// A form that came back with errors: lead to what is wrong.
document.querySelector("[data-error-summary]")?.focus();
