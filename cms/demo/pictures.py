"""Draws the covers of the demo: quiet landscapes in the site's colours, no two alike, nobody's photograph."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter

from cms.media.models import Picture

SIZE = (1600, 900)
SCALE = 2  # drawn larger and reduced, for smooth edges
PAPER = (246, 240, 228)
# The hue of each type, as in the stylesheet.
HUES = {
    "initiative_file": (47, 107, 58),
    "case_study": (11, 90, 94),
    "analysis": (138, 59, 18),
    "learning_journey": (91, 63, 140),
    "event": (154, 39, 71),
    "newsletter": (107, 90, 18),
    "presentation": (43, 82, 136),
    "call_for_interest": (112, 68, 31),
}
CREDIT = "Ancrage"


def cover_picture(key: str, seed: str, kind: str) -> Picture:
    """The cover of a document, drawn once: the same seed gives the same picture."""
    title = f"Cover {key}"
    existing = Picture.objects.filter(title=title, credit=CREDIT).first()
    if existing:
        return existing
    picture = Picture(title=title, credit=CREDIT, licence="cc0-1.0")
    buffer = io.BytesIO()
    draw_cover(f"{key}/{seed}", HUES[kind]).save(buffer, "WEBP", quality=82)
    picture.file = ContentFile(buffer.getvalue(), name=f"cover-{key}.webp")
    picture.width, picture.height = SIZE
    picture.save()
    return picture


def blend(one: tuple, other: tuple, share: float) -> tuple[int, int, int]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def draw_cover(seed: str, hue: tuple[int, int, int]) -> Image.Image:
    """Layered ridges with terraces, a sun or moon, in tints of `hue` on paper."""
    chance = random.Random(seed)
    width, height = SIZE[0] * SCALE // 2, SIZE[1] * SCALE // 2
    image = Image.new("RGB", (width, height), blend(PAPER, hue, 0.06))
    pen = ImageDraw.Draw(image)
    for row in range(height):
        pen.line([(0, row), (width, row)], fill=blend(PAPER, hue, 0.04 + 0.16 * row / height))
    radius = chance.randint(50, 110)
    centre = (chance.randint(width // 6, width * 5 // 6), chance.randint(height // 6, height // 3))
    pen.ellipse(
        [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius],
        fill=blend((226, 180, 87), PAPER, 0.25),
    )
    layers = chance.randint(4, 6)
    for layer in range(layers):
        depth = (layer + 1) / layers
        base = height * (0.32 + 0.5 * depth)
        waves = [
            (
                chance.uniform(0.6, 2.2) * (1 + layer * 0.3),
                chance.uniform(0, math.tau),
                chance.uniform(14, 46),
            )
            for _ in range(3)
        ]
        ridge = [
            (
                x,
                base
                - sum(size * math.sin(turns * math.tau * x / width + shift) for turns, shift, size in waves),
            )
            for x in range(0, width + 8, 8)
        ]
        colour = blend(PAPER, hue, 0.22 + 0.6 * depth)
        pen.polygon([*ridge, (width, height), (0, height)], fill=colour)
        lines = chance.randint(3, 7)
        for line in range(1, lines):
            drop = line * (18 + 10 * depth)
            shade = blend(colour, PAPER, 0.12)
            pen.line([(x, y + drop) for x, y in ridge], fill=shade, width=2)
    return image.resize(SIZE, Image.Resampling.LANCZOS).filter(ImageFilter.SMOOTH)
