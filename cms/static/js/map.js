// Draws the list of places on a map. The list is complete without it.
const { L } = window;
const holder = document.getElementById("map");
const list = holder && document.getElementById(holder.dataset.list);
const words = holder?.dataset;
const CLOSE = 30; // pixels within which places are drawn as one
const DEEPEST = words?.tiles ? 18 : 9;

function described(places) {
  const content = document.createElement("div");
  for (const place of places) for (const part of place.children) content.append(part.cloneNode(true));
  // On the map a place's name is no button.
  for (const button of content.querySelectorAll("button")) button.replaceWith(...button.childNodes);
  return content;
}

function ground(map) {
  if (words.tiles) {
    L.tileLayer(words.tiles, { attribution: words.attribution, maxZoom: DEEPEST }).addTo(map);
    return;
  }
  // No tiles: parallels and meridians over the coasts.
  const lines = [];
  for (let at = -180; at <= 180; at += 30) lines.push([[-60, at], [84, at]]);
  for (let at = -60; at <= 75; at += 15) lines.push([[at, -180], [at, 180]]);
  const land = L.imageOverlay(words.land, [[-60, -180], [84, 180]], { className: "land" });
  land.on("error", () => land.remove());
  land.addTo(map);
  L.polyline(lines, { className: "graticule", interactive: false, weight: 1 }).addTo(map);
}

function mark(text, kind, title, extra = "") {
  const drop = document.createElement("span");
  drop.dataset.kind = kind;
  drop.textContent = text;
  return { icon: L.divIcon({ className: `marker${extra}`, html: drop, iconSize: [28, 28] }), title, riseOnHover: true };
}

function open(map, spot, places) {
  L.popup({ maxHeight: 260, autoPanPaddingTopLeft: [56, 12], autoPanPaddingBottomRight: [12, 12], offset: [0, -8] })
    .setLatLng(spot).setContent(described(places.map(({ item }) => item))).openOn(map);
}

function drawMarks(map, layer, places) {
  layer.clearLayers();
  const groups = [];
  for (const place of places) {
    const at = map.project(place.spot);
    const near = groups.find((group) => group.at.distanceTo(at) < CLOSE);
    if (near) near.places.push(place);
    else groups.push({ at, places: [place] });
  }
  for (const { places: here } of groups) {
    const count = here.reduce((sum, place) => sum + place.count, 0);
    const [{ spot, name, kind }] = here;
    const one = here.length === 1;
    const options = one
      ? mark(count > 1 ? count : "", kind, `${name} (${count})`)
      : mark(count, "", `${here.map((place) => place.name).join(", ")}: ${words.cluster}`, " several");
    const show = () => {
      if (one || map.getZoom() >= DEEPEST) open(map, spot, here);
      else {
        // The marks are drawn anew: focus stays on the map.
        holder.focus({ preventScroll: true });
        map.fitBounds(here.map((place) => place.spot), { padding: [60, 60], maxZoom: Math.min(DEEPEST, map.getZoom() + 4) });
      }
    };
    L.marker(one ? spot : L.latLngBounds(here.map((place) => place.spot)).getCenter(), options)
      .on("click", show)
      .on("keydown", ({ originalEvent: key }) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        show();
      })
      .addTo(layer);
  }
}

function draw() {
  holder.hidden = false;
  const map = L.map(holder, {
    zoomControl: false, worldCopyJump: true, minZoom: words.tiles ? 1 : 0, maxZoom: DEEPEST,
    // Our own ground is drawn at any size: on a phone, too, every place is in sight.
    zoomSnap: words.tiles ? 1 : 0.25,
    // A page is scrolled through: the wheel zooms only a map that has been entered.
    scrollWheelZoom: false,
    maxBounds: [[-85, -300], [85, 300]],
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  const places = [...list.querySelectorAll(".place")].map((item) => ({
    item,
    name: item.querySelector("h3").textContent,
    kind: item.dataset.kind,
    count: Number(item.dataset.count),
    spot: L.latLng(Number(item.dataset.latitude), Number(item.dataset.longitude)),
  }));
  let asked = null;
  for (const place of places) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show";
    button.title = words.show;
    const heading = place.item.querySelector("h3");
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      asked = button;
      holder.scrollIntoView({ block: "nearest" });
      if (map.getZoom() < 5) map.setView(place.spot, 5, { animate: false });
      open(map, place.spot, [place]);
    });
  }
  if (places.length) map.fitBounds(places.map((place) => place.spot), { padding: [40, 40], maxZoom: words.tiles ? 11 : 6 });
  else map.setView([25, 10], 1);
  ground(map);
  const layer = L.layerGroup().addTo(map);
  drawMarks(map, layer, places);
  map.on("zoomend", () => drawMarks(map, layer, places));

  // Whoever opens a popup is led into it, and back to where they came from.
  map.on("popupopen", ({ popup }) => {
    const shown = popup.getElement();
    if (!asked) asked = document.activeElement;
    shown.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
    shown.querySelector("li a")?.focus({ preventScroll: true });
  });
  holder.addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
  map.on("popupclose", () => {
    const back = asked;
    asked = null;
    if (back?.isConnected && holder.contains(document.activeElement)) back.focus({ preventScroll: true });
  });
}

if (L && list) draw();
