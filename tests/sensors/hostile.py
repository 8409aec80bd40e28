"""Codecs that mean harm, or are broken."""

from __future__ import annotations

GOOD = "function decodeUplink(input) { return { data: { level: input.bytes[1] } } }"
HOSTILE = {
    "loops": "function decodeUplink() { while (true) {} }",
    "loops before": "while (true) {}",
    "eats memory": "function decodeUplink() { const a = []; while (true) a.push(new Array(1e6).fill(7)) }",
    "long text": "function decodeUplink() { let s = 'x'; while (true) s += s }",
    "recurses": "function f() { return f() + 1 } const decodeUplink = f",
    "10 MB": "function decodeUplink() { return { data: 'x'.repeat(10 << 20) } }",
    "cycle": "function decodeUplink() { const a = {}; a.a = a; return { data: a } }",
    "patches": "JSON.stringify = () => '{}'; Object.prototype.toJSON = () => { while (true) {} };" + GOOD,
    "getter": "function decodeUplink() { return { get data() { while (true) {} } } }",
    "regex": "function decodeUplink() { return { data: /^(a+)+$/.test('a'.repeat(40) + 'b') } }",
    "no function": "var x = 1",
    "no program": "}{",
    "throws nothing": "function decodeUplink() { throw null }",
    "promise": "async function decodeUplink() { return { data: 1 } } throw 1",
    "looks for a host": "function decodeUplink() { return { data: require('fs') } }",
    "imports": "import fs from 'fs'; function decodeUplink() {}",
    "big number": "function decodeUplink() { return { data: 2n ** 10000000n } }",
    "sort": "function decodeUplink() { new Array(1e5).fill(0).sort(() => { while (1) {} }) }",
    "nested": "function decodeUplink() { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return { data: a } }",
}
