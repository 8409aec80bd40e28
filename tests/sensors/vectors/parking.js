// A parking space: words instead of numbers, and what a regular expression finds in a text.
var STATES = { 0: 'free', 1: 'taken', 255: 'unknown' };
function hex(bytes) { return bytes.map(function (b) { return ('0' + b.toString(16)).slice(-2); }).join(''); }
function decodeUplink(input) {
  var state = STATES[input.bytes[0]];
  if (state === undefined) return { data: {}, errors: ['state ' + input.bytes[0]], warnings: ['see the manual'] };
  var text = String.fromCharCode.apply(null, input.bytes.slice(1));
  var found = /^([A-Z])(\d+)$/.exec(text);
  return { data: { state: state, row: found ? found[1] : undefined, place: found ? Number(found[2]) : null, raw: hex(input.bytes) } };
}
