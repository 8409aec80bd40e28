// A weather station that packs bits; ES6 with classes.
class Bits {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  take(count) {
    let value = 0;
    for (let n = 0; n < count; n++, this.at++) {
      value = value * 2 + ((this.bytes[this.at >> 3] >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }
}
const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];
const decodeUplink = ({ bytes, fPort }) => {
  const bits = new Bits(bytes);
  const { temperature, ...rest } = {
    temperature: (bits.take(11) - 500) / 10, humidity: bits.take(7), wind: { speed: bits.take(9) / 10 },
    from: COMPASS[bits.take(3)], isRaining: Boolean(bits.take(1)),
  };
  return { data: { temperature, ...rest, port: `p${fPort}` } };
};
