#!/usr/bin/env python3
"""Writes widths.inc: the advance widths of Liberation Sans (the metrics of Arial and Helvetica), regular and bold.

Debian: apt install fonts-liberation python3-fonttools; then  python3 widths.py > widths.inc
"""
from fontTools.ttLib import TTFont

FOLDER = "/usr/share/fonts/truetype/liberation/LiberationSans-"
RANGES = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2DD), (0x370, 0x3FF), (0x400, 0x51F), (0x1E00, 0x1EFF), (0x1F00, 0x1FFF),
          (0x2000, 0x205F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x215F), (0x2190, 0x21FF), (0x2200, 0x22FF),
          (0x25A0, 0x25FF)]
UNITS = 200  # an em; a byte holds what is up to 1.275 em wide


def width(font, cmap, code):
    if code not in cmap:
        return 0
    advance = font["hmtx"][cmap[code]][0] / font["head"].unitsPerEm
    return min(255, -int(-advance * UNITS // 1))  # rounded up


def main():
    fonts = [TTFont(FOLDER + weight + ".ttf") for weight in ("Regular", "Bold")]
    cmaps = [font.getBestCmap() for font in fonts]
    print("/* Written by widths.py from Liberation Sans: advance widths in 1/%d em; 0: no such glyph. */" % UNITS)
    start = 0
    print("#define WIDTH_UNITS %d" % UNITS)
    print("static const struct { uint32_t first, last, at; } width_ranges[] = {")
    for first, last in RANGES:
        print("  {0x%04X, 0x%04X, %d}," % (first, last, start))
        start += last - first + 1
    print("};")
    for name, font, cmap in zip(("width_regular", "width_bold"), fonts, cmaps):
        values = [width(font, cmap, code) for first, last in RANGES for code in range(first, last + 1)]
        print("static const uint8_t %s[] = {" % name)
        for i in range(0, len(values), 30):
            print("  " + ",".join(map(str, values[i:i + 30])) + ",")
        print("};")


main()
