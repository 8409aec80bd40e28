"""Runs foreign codecs in a process of its own: one JSON line in, one out. Started as `python -I`, without our code.

Each call gets a fresh interpreter with 16 MB, 256 KB of stack and 100 ms of processor time. Whoever gets round that
is ended by the kernel: 200 ms of processor time a call, 96 MB, no new file, no socket, no process.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from typing import Any, Final

import quickjs

MEMORY: Final = 16 << 20
STACK: Final = 256 << 10
SECONDS: Final = 0.1
HARD_SECONDS: Final = 0.2
DATA: Final = 96 << 20
MOST_RESULT: Final = 64 << 10
PRELUDE: Final = r"""
globalThis.console = { log() {}, warn() {}, error() {}, info() {}, debug() {} };
globalThis.Buffer = class Buffer extends Uint8Array {
  static from(x, e) {
    if (typeof x !== 'string') return super.from(x);
    if (e === 'hex') return super.from((x.match(/../g) || []).map(h => parseInt(h, 16)));
    return super.from(Array.from(x, c => c.charCodeAt(0) & 255));
  }
  static alloc(n) { return new Buffer(n) }
  static isBuffer(x) { return x instanceof Buffer }
  static concat(list) { return Buffer.from(list.flatMap(b => Array.from(b))) }
  view() { return new DataView(this.buffer, this.byteOffset, this.byteLength) }
  slice(a, b) { return this.subarray(a, b) }
  toString(e) {
    if (e === 'hex') return Array.from(this, b => b.toString(16).padStart(2, '0')).join('');
    return String.fromCharCode.apply(null, this);
  }
  readUIntBE(o, n) { let v = 0; for (let i = 0; i < n; i++) v = v * 256 + this[o + i]; return v }
  readUIntLE(o, n) { let v = 0; for (let i = n; i--;) v = v * 256 + this[o + i]; return v }
  readIntBE(o, n) { const v = this.readUIntBE(o, n), m = 2 ** (8 * n - 1); return v < m ? v : v - 2 * m }
  readIntLE(o, n) { const v = this.readUIntLE(o, n), m = 2 ** (8 * n - 1); return v < m ? v : v - 2 * m }
};
for (const [name, method, size] of [['Int8', 'Int8', 0], ['Uint8', 'UInt8', 0], ['Int16', 'Int16', 1],
  ['Uint16', 'UInt16', 1], ['Int32', 'Int32', 1], ['Uint32', 'UInt32', 1], ['Float32', 'Float', 1],
  ['Float64', 'Double', 1]]) {
  for (const end of size ? ['BE', 'LE'] : ['']) {
    const read = function (o = 0) { return this.view()['get' + name](o, end === 'LE') };
    Buffer.prototype['read' + method + end] = read;
    Buffer.prototype['read' + method.replace('UInt', 'Uint') + end] = read;
  }
}
globalThis.module = { exports: {} };
globalThis.exports = module.exports;
globalThis.require = (Buffer => name => {
  if (name === 'buffer' || name === 'node:buffer') return { Buffer };
  throw new Error('no module ' + name);
})(Buffer);
globalThis.global = globalThis;
"""
CALL: Final = r"""
Object.defineProperty(globalThis, 'decodeWith', { value: ((stringify, parse) => asked => {
  const a = parse(asked), found = name => {
    const own = module.exports && module.exports[name];
    if (typeof own === 'function') return own;
    try { const f = (0, eval)(name); return typeof f === 'function' ? f : null } catch { return null }
  };
  const names = a.function ? [a.function] : ['decodeUplink', 'Decoder', 'Decode'];
  for (const name of names) {
    const f = found(name);
    if (!f) continue;
    const value = name === 'Decoder' ? f(a.bytes, a.fPort) : name === 'Decode' ? f(a.fPort, a.bytes, {})
      : f({ bytes: a.bytes, fPort: a.fPort, recvTime: new Date(a.time), variables: {} });
    const wraps = name !== 'Decoder' && name !== 'Decode' && value && typeof value === 'object'
      && ('data' in value || 'errors' in value || 'warnings' in value);
    return stringify(wraps ? value : { data: value });
  }
  throw new Error('no function ' + names.join(', '));
})(JSON.stringify, JSON.parse) });
"""


def bound() -> None:
    """From here on nothing can be opened, started or blown up."""
    resource.setrlimit(resource.RLIMIT_DATA, (DATA, DATA))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """The result of one codec, or what went wrong, as data, warnings and errors."""
    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_max_stack_size(STACK)
    context.set_time_limit(SECONDS)
    given = {name: asked[name] for name in ("bytes", "fPort", "time", "function")}
    try:
        context.eval(PRELUDE + CALL)
        context.eval(asked["source"])
        text = context.eval(f"decodeWith({json.dumps(json.dumps(given))})")
    except quickjs.JSException as error:
        return failed(str(error).splitlines()[0] if str(error) else type(error).__name__)
    if not isinstance(text, str):
        return failed("no result")
    if len(text) > MOST_RESULT:
        return failed("the result is larger than 64 KB")
    return whole(json.loads(text))


def failed(reason: str) -> dict[str, Any]:
    return {"data": None, "warnings": [], "errors": [reason[:300]]}


def whole(result: dict[str, Any]) -> dict[str, Any]:
    """Always the same three parts, whatever a codec has put there."""
    return {"data": result.get("data"), "warnings": texts(result.get("warnings")),
            "errors": texts(result.get("errors"))}


def texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value] if value else []
    return [str(one)[:300] for one in listed[:20]]


def main() -> None:
    bound()
    for line in sys.stdin:
        signal.setitimer(signal.ITIMER_VIRTUAL, HARD_SECONDS)
        try:
            answer = run(json.loads(line))
        except Exception as error:
            answer = failed(f"{type(error).__name__}: {error}")
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
