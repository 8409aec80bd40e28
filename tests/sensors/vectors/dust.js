// Fine dust, as for The Things Network before version 3.
function Decoder(bytes, port) {
  var decoded = {};
  if (port === 1) {
    decoded.pm10 = ((bytes[0] << 8) + bytes[1]) / 10;
    decoded.pm2_5 = ((bytes[2] << 8) + bytes[3]) / 10;
  } else {
    decoded.error = 'port';
  }
  return decoded;
}
