// A river level: ultrasound measures the distance to the water. TS013.
function decodeUplink(input) {
  var b = input.bytes;
  if (input.fPort !== 2) return { errors: ['unknown fPort ' + input.fPort] };
  if (b.length < 6) return { errors: ['too short'] };
  var value = (b[4] << 8) | b[5];
  if (b[4] & 0x80) value |= 0xffff0000;
  var data = { battery: ((b[0] << 8) | b[1]) / 1000, distance: (b[2] << 8) | b[3], temperature: value / 10 };
  var warnings = [];
  if (data.battery < 3.1) warnings.push('battery is low');
  return { data: data, warnings: warnings };
}
