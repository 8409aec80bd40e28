// Ultrasonic sensor under the bridge: battery in millivolts and distance to the water in centimetres, big endian.
function decodeUplink(input) {
  if (input.bytes.length !== 4) return { errors: ['4 bytes expected'] };
  return { data: { battery: (input.bytes[0] << 8) | input.bytes[1], distance: (input.bytes[2] << 8) | input.bytes[3] } };
}
