"""Strings that break programs; every field of the product stores each safely or refuses it with a reason."""

from __future__ import annotations

import os

TAKEN = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=\"alert(1)\" '",
    "template": "{{ 7|add:7 }} {% now 'Y' %} %(name)s {0} ${x}",
    "sql": "'; DROP TABLE people_account; --",
    "formula": "=HYPERLINK(\"https://example.org\")",
    "path": "../../etc/passwd",
    "header": "Thema: Set-Cookie: x=1",
    "typst": "#read(\"/etc/passwd\") $x$ *a* _b_ @c <d>",
    "umlauts": "Ämter, Straßen, Größe – „Öffentlich“",
    "arabic": "مرحبا بكم في المدينة المفتوحة",
    "hebrew": "שָׁלוֹם עֲלֵיכֶם",
    "isolate": "Stadt \u2067עברית\u2069 Köln",
    "hindi": "नमस्ते दुनिया",
    "thai": "สวัสดีชาวโลก",
    "chinese": "开放政府",
    "rare chinese": "𠮷野家",
    "family": "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪",
    "vietnamese": "Tiếng Việt",
    "zalgo light": "\xe1\u0302\u0303",
    "big number": "18446744073709551616",
    "not a number": "NaN",
    "null word": "null",
    "long word": "Donaudampfschifffahrtsgesellschaftskapitän",
}
REFUSED = {
    "nul": "a\x00b",
    "only nul": "\x00",
    "escape": "a\x1b[31mb",
    "bell": "a\x07b",
    "delete": "a\x7fb",
    "c1 control": "a\x9bb",
    "lone surrogate": "a\ud800b",
    "surrogates the wrong way round": "\udc00\ud800",
    "override": "Rechnung\u202efdp.exe",
    "left override": "\u202dabc\u202c",
    "open embedding": "a\u202bb",
    "open isolate": "a\u2067b",
    "end without begin": "a\u2069b",
    "zalgo": "a" + "\u0301" * 10_000,
    "enclosing marks": "a" + "\u20dd" * 50,
    "only zero width": "\u200b\u200d\u200b",
    "only joiner": "\u2060\u200c",
    "hangul filler": "\u3164",
    "noncharacter": "a\uffffb",
    "tags": "a\U000e0041\U000e0042",
    "long": "x" * 1_000_000,
}
HOSTILE = TAKEN | REFUSED
SOME = {"markup", "header", "family", "big number", "nul", "lone surrogate", "override", "long"}
ASKED = HOSTILE if os.environ.get("TESTS_LONG") else {kind: HOSTILE[kind] for kind in sorted(SOME)}
"""Each of these has broken a database, a screen or a parser; the rest are asked in `make test-long`."""
