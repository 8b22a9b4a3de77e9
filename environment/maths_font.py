"""Make the maths font that travels with the live figures: a part of STIX Two Math.

    pip install fonttools brotli
    npm pack @fontsource/stix-two-math && tar xf fontsource-stix-two-math-*.tgz
    python environment/maths_font.py package

It writes helpers/live/view/maths.woff2 and its licence beside it. The font is named
"Course Maths", so that no installed font takes its place.
"""

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

VIEW = Path(__file__).resolve().parents[1] / "helpers/live/view"
NAME = "Course Maths"

# Italic letters have code points of their own: browsers take them for a single <mi>.
LETTERS = [
    range(0x20, 0x7F),
    range(0x391, 0x3A2),
    range(0x3A3, 0x3AA),
    range(0x3B1, 0x3CA),
]
ITALICS = [range(0x1D434, 0x1D455), range(0x1D456, 0x1D468), range(0x1D6E2, 0x1D71C)]
OTHERS = "ℎℓℕℝℤℒϑϕϵ∂∇"
SIGNS = (
    "\N{NO-BREAK SPACE}−×⋅·÷±∑∏∫√∈∉≤≥≠≈∼≪≫∞∝∘⊙⊕⊗∪∩⊂∅¬∧∨←→↑↓⇒↦‖|∣∥⟨⟩⌊⌋⌈⌉…⋯′¯ˆ˜―⏞⏟–—‘’“”␣"
)
# These grow with what they hold; of all others one size is enough.
GROWING = "()[]{}|‖∣∥⟨⟩⌊⌋⌈⌉√∑∏∫→¯ˆ˜―⏞⏟"


def characters():
    """Every character that a formula of the course may show, sorted."""
    chars = {chr(code) for block in LETTERS + ITALICS for code in block}
    return sorted(chars | set(OTHERS + SIGNS))


def part_of(font):
    """The font with these characters alone, and a table of how maths is set."""
    cmap = font.getBestCmap()
    growing = {cmap[ord(char)] for char in GROWING if ord(char) in cmap}
    variants = font["MATH"].table.MathVariants
    for way in ("Vert", "Horiz"):
        coverage = getattr(variants, f"{way}GlyphCoverage")
        made = getattr(variants, f"{way}GlyphConstruction")
        both = zip(coverage.glyphs, made, strict=True)
        kept = [pair for pair in both if pair[0] in growing]
        coverage.glyphs = [glyph for glyph, _ in kept]
        setattr(variants, f"{way}GlyphConstruction", [one for _, one in kept])
        setattr(variants, f"{way}GlyphCount", len(kept))
    options = Options()
    options.hinting, options.layout_features = False, []
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in characters()])
    subsetter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 6):
            record.string = NAME if record.nameID != 6 else NAME.replace(" ", "")
    font.flavor = "woff2"
    return font


def main(package):
    (source,) = Path(package).glob("files/*.woff2")
    font = part_of(TTFont(source, recalcTimestamp=False))
    lacking = {char for char in characters() if ord(char) not in font.getBestCmap()}
    if lacking:
        print("The font lacks", " ".join(sorted(lacking)))
    font.save(VIEW / "maths.woff2")
    shutil.copy(Path(package) / "LICENSE", VIEW / "maths-LICENSE.txt")
    print(f"{(VIEW / 'maths.woff2').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
