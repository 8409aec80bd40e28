// A water meter with Node's Buffer and module.exports.
const { Buffer } = require('buffer');
module.exports.decodeUplink = input => {
  const frame = Buffer.from(input.bytes);
  const volume = frame.readUInt32LE(1) / 1000;
  return {
    data: {
      serial: frame.slice(9, 12).toString('hex'), volume, flow: frame.readInt16BE(5) / 10, kind: frame.readUInt8(0),
      temperature: Math.round(frame.readFloatBE(12) * 100) / 100,
    },
    warnings: [], errors: [],
  };
};
