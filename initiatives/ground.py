"""The ground of the map where no tiles are set: the world's land in Mercator's projection, as one SVG path.

Outlines come from the package `countryinfo` (world.geo.json). A reader's browser then asks no third party for
anything. The few countries that the package does not draw are laid under their neighbours as rough shapes.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import log, pi, radians, tan

SOUTH, NORTH = -60.0, 84.0  # degrees; what lies beyond is not drawn
WIDTH = 2400  # units from 180° west to 180° east
Ring = list[list[float]]  # longitude, latitude
# Hungary, Serbia, Montenegro, Burma: without them there would be seas in their places.
ROUGH: list[Ring] = [
    [[15.9, 46.6], [16.5, 45.6], [21.5, 45.9], [23.1, 48.2], [20.5, 48.8], [16.8, 48.1]],
    [[18.7, 45.6], [19.0, 43.2], [21.0, 41.8], [23.2, 42.2], [22.8, 44.8], [20.3, 46.4]],
    [[18.4, 42.5], [19.3, 41.8], [20.6, 42.6], [19.2, 43.8]],
    [
        *([92.3, 20.9], [94.2, 18.7], [94.3, 16.0], [96.0, 15.8], [97.6, 16.5], [98.6, 12.0], [98.5, 9.9]),
        *([99.5, 11.5], [98.5, 15.5], [97.8, 18.5], [101.3, 21.3], [98.9, 24.5], [98.7, 27.9], [97.0, 28.4]),
        *([94.6, 25.2], [93.2, 23.0]),
    ],
]


def mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


TOP = mercator(NORTH)
SCALE = WIDTH / (2 * pi)
HEIGHT = round((TOP - mercator(SOUTH)) * SCALE)


@cache
def land_svg() -> str:
    """The drawing, from 180° W to 180° E and from `NORTH` to `SOUTH`. "" if the package has no outlines."""
    rings = list(_rings())
    if not rings:
        return ""
    path = "".join(_path(ring) for ring in (*ROUGH, *rings))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<path fill="#8f8875" stroke="#8f8875" stroke-linejoin="round" d="{path}"/></svg>'
    )


def _rings() -> Iterator[Ring]:
    for entry in sorted(files("countryinfo").joinpath("data").iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".json"):
            continue
        for feature in (json.loads(entry.read_text("utf-8")).get("geoJSON") or {}).get("features", ()):
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            for polygon in polygons:
                # The outer ring only: a hole is another country, or a lake too small to be seen.
                yield polygon[0]


def _path(ring: Ring) -> str:
    """Whole units, each point relative to the one before: a fifth of the size of the source."""
    points: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        y = (TOP - mercator(min(max(latitude, SOUTH), NORTH))) * SCALE
        point = (round((longitude + 180) / 360 * WIDTH), round(y))
        if not points or point != points[-1]:
            points.append(point)
    if len(points) < 3 or all(y >= HEIGHT for _x, y in points):
        return ""
    steps = (f"{x - px} {y - py}" for (px, py), (x, y) in zip(points, points[1:], strict=False))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")
