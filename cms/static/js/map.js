// Draws the list of places on a map. The list is complete without it.
const { L } = window;
const holder = document.getElementById("map");
const list = holder && document.getElementById(holder.dataset.list);

function popup(place) {
  const content = document.createElement("div");
  for (const part of place.children) content.append(part.cloneNode(true));
  content.querySelector("button")?.remove();
  return content;
}

function ground(map) {
  const { tiles, attribution, land } = holder.dataset;
  if (tiles) {
    L.tileLayer(tiles, { attribution, maxZoom: 18 }).addTo(map);
    return;
  }
  // No tiles: parallels and meridians, and the coasts on top of them.
  const lines = [];
  for (let at = -180; at <= 180; at += 30) lines.push([[-75, at], [84, at]]);
  for (let at = -60; at <= 75; at += 30) lines.push([[at, -180], [at, 180]]);
  L.imageOverlay(land, [[-60, -180], [84, 180]], { className: "land" }).addTo(map);
  L.polyline(lines, { className: "graticule", interactive: false, weight: 1 }).addTo(map);
}

function draw() {
  holder.hidden = false;
  const words = holder.dataset;
  const map = L.map(holder, {
    zoomControl: false, worldCopyJump: true, minZoom: 1, maxZoom: words.tiles ? 18 : 8,
    // A page is scrolled through; the map zooms by its buttons, by keys, or once it has been entered.
    scrollWheelZoom: false,
    maxBounds: [[-85, -270], [85, 270]],
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  const spots = [];
  for (const place of list.querySelectorAll(".place")) {
    const { latitude, longitude, kind, count } = place.dataset;
    const name = place.querySelector("h3");
    const mark = document.createElement("span");
    mark.dataset.kind = kind;
    mark.textContent = count > 1 ? count : "";
    const spot = [Number(latitude), Number(longitude)];
    const marker = L.marker(spot, {
      icon: L.divIcon({ className: "marker", html: mark, iconSize: [28, 28] }),
      title: `${name.textContent} (${count})`,
      riseOnHover: true,
    });
    marker.bindPopup(popup(place), { maxHeight: 260, closeButton: true, autoPanPadding: [12, 12] });
    marker.addTo(map);
    const show = document.createElement("button");
    show.type = "button";
    show.className = "show";
    show.title = words.show;
    show.append(...name.childNodes);
    name.append(show);
    show.addEventListener("click", () => {
      if (map.getZoom() < 4) map.setView(spot, 4, { animate: false });
      marker.openPopup();
      holder.scrollIntoView({ block: "nearest" });
    });
    spots.push(spot);
  }
  if (spots.length) map.fitBounds(spots, { padding: [36, 36], maxZoom: words.tiles ? 11 : 5 });
  else map.setView([25, 10], 1);
  ground(map);

  // Whoever opens a popup from the keyboard is led into it, and back.
  map.on("popupopen", ({ popup: opened }) => {
    const close = opened.getElement().querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", words.close);
    opened.getElement().querySelector("a[href]:not(.leaflet-popup-close-button)")?.focus({ preventScroll: true });
  });
  map.on("popupclose", ({ popup: closed }) => {
    if (closed.getElement()?.contains(document.activeElement)) closed._source.getElement().focus();
  });
}

if (L && list) draw();
