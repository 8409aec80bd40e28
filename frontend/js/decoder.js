// Finds a QR code in the pixels of a picture. Loaded on the check-in page only, and only where the browser has no detector.
import decodeQR from 'qr/decode.js'

export function decode(picture) {
  try {
    return decodeQR(picture)
  } catch {
    return undefined // no code in this picture
  }
}
