// Numbers as they lie in memory, by DataView and by hand, and a checksum.
function toFloat(bits) {
  var sign = bits >>> 31 ? -1 : 1, exponent = (bits >>> 23) & 0xff;
  var fraction = exponent === 0 ? (bits & 0x7fffff) << 1 : (bits & 0x7fffff) | 0x800000;
  return sign * fraction * Math.pow(2, exponent - 150);
}
function decodeUplink(input) {
  var view = new DataView(new Uint8Array(input.bytes).buffer);
  var sum = input.bytes.slice(0, -1).reduce(function (all, one) { return all ^ one; }, 0);
  if (sum !== input.bytes[input.bytes.length - 1]) return { errors: ['checksum'] };
  return { data: { byView: view.getFloat32(0, true), byHand: toFloat(view.getUint32(0, true)), double: view.getFloat64(4) } };
}
