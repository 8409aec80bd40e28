// Soil moisture in type, length, value, as for ChirpStack before version 4.
function Decode(fPort, bytes) {
  var found = { port: fPort, soil: {} };
  for (var i = 0; i < bytes.length; ) {
    var kind = bytes[i++], size = bytes[i++];
    var raw = 0;
    for (var j = 0; j < size; j++) raw = raw * 256 + bytes[i + j];
    i += size;
    switch (kind) {
      case 0x01: found.soil.moisture = raw / 100; break;
      case 0x02: found.soil.temperature = (raw > 0x7fff ? raw - 0x10000 : raw) / 100; break;
      case 0x03: found.soil.conductivity = raw; break;
      default: throw new Error('unknown type ' + kind);
    }
  }
  return found;
}
