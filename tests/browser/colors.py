"""OKLCH colors and their WCAG contrast, computed from the style sheet as it stands.

Björn Ottosson's OKLab matrices (bottosson.github.io/posts/oklab) and the relative luminance of WCAG 2.2.
"""

import math
import re
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "mexile" / "static" / "css" / "tokens.css"

_PAIR = re.compile(r"--([a-z-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)")

Oklch = tuple[float, float, float]


def tokens() -> dict[str, tuple[Oklch, Oklch]]:
    """Each color of the style sheet: its name, by day, by night."""
    found = _PAIR.findall(TOKENS.read_text())
    return {name: (_numbers(day), _numbers(night)) for name, day, night in found}


def _numbers(text: str) -> Oklch:
    lightness, chroma, hue = (float(part) for part in text.split())
    return lightness, chroma, hue


def linear(color: Oklch) -> tuple[float, float, float]:
    """Linear sRGB, clipped to what a screen can show."""
    lightness, chroma, hue = color
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return tuple(min(1.0, max(0.0, part)) for part in (red, green, blue))


def luminance(color: Oklch) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklch, other: Oklch) -> float:
    """WCAG's ratio, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
