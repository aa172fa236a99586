"""Makes plus-jakarta-sans-bold.ttf, the font of link previews, from the npm package @expo-google-fonts/plus-jakarta-sans.

    npm pack @expo-google-fonts/plus-jakarta-sans@0.4.2 && tar -xzf expo-google-fonts-*.tgz
    pip install fonttools==4.68.0
    python3 theme/fonts/subset.py package/700Bold/PlusJakartaSans_700Bold.ttf theme/fonts/plus-jakarta-sans-bold.ttf

The result has the letters of languages with Latin script, and their kerning in a `kern` table: ab_glyph does not read `GPOS`.
"""
import sys

from fontTools import subset
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x1B5, *range(0x218, 0x21C), *range(0x1E00, 0x1F00)]
SIGNS = [*range(0x2010, 0x2015), *range(0x2018, 0x201F), 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2260]
# Pairs of other letters are so rare in titles that their kerning is not worth its bytes.
KERNED = [*range(0x20, 0x7F), 0xE9, 0x2019, 0x201C, 0x201D, 0x2014]
LEAST_KERNING = 8


def kerning(font):
    """Returns the horizontal distance between the glyphs of each pair. The first lookup with a pair decides."""
    cmap = font.getBestCmap()
    glyphs = sorted({cmap[code] for code in KERNED if code in cmap})
    table = font["GPOS"].table
    wanted = {index for record in table.FeatureList.FeatureRecord if record.FeatureTag == "kern" for index in record.Feature.LookupListIndex}
    pairs = {}
    for index in sorted(wanted):
        found = {}
        for part in table.LookupList.Lookup[index].SubTable:
            part = getattr(part, "ExtSubTable", part)
            for left in (glyph for glyph in glyphs if glyph in part.Coverage.glyphs):
                if part.Format == 1:
                    rows = part.PairSet[part.Coverage.glyphs.index(left)].PairValueRecord
                    values = {row.SecondGlyph: row.Value1 for row in rows}
                else:
                    row = part.Class1Record[part.ClassDef1.classDefs.get(left, 0)].Class2Record
                    values = {right: row[part.ClassDef2.classDefs.get(right, 0)].Value1 for right in glyphs}
                for right, value in values.items():
                    found.setdefault((left, right), getattr(value, "XAdvance", 0) or 0)
        pairs = found | pairs
    return {pair: value for pair, value in pairs.items() if abs(value) >= LEAST_KERNING and pair[1] in glyphs}


options = subset.Options(hinting=False, layout_features=["kern"], name_IDs=[0, 1, 2, 13, 14], glyph_names=False, notdef_outline=True)
font = subset.load_font(sys.argv[1], options)
pairs = kerning(font)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=LETTERS + SIGNS)
subsetter.subset(font)
for tag in ["GPOS", "GSUB", "GDEF", "STAT", "DSIG", "gasp"]:
    if tag in font:
        del font[tag]
kern = KernTable_format_0()
kern.apple, kern.coverage, kern.version, kern.tupleIndex, kern.kernTable = False, 1, 0, None, pairs
font["kern"] = newTable("kern")
font["kern"].version, font["kern"].kernTables = 0, [kern]
subset.save_font(font, sys.argv[2], options)
print(len(pairs), "pairs,", len(font.getBestCmap()), "characters")
