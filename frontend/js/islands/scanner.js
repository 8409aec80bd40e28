// Reads QR codes from the camera: the browser's own detector where there is one, else a decoder that is loaded only then.
const PAUSE = 120
const SAME = 4000

async function readerFor(decoder) {
  if ('BarcodeDetector' in window && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async video => (await detector.detect(video))[0]?.rawValue
  }
  const { decode } = await import(decoder)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async video => {
    const scale = Math.min(1, 640 / Math.max(video.videoWidth, video.videoHeight, 1))
    canvas.width = video.videoWidth * scale
    canvas.height = video.videoHeight * scale
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    return decode(context.getImageData(0, 0, canvas.width, canvas.height))
  }
}

/** Show the camera in `video` and hand each code to `found` once; resolves to a function that stops it. Throws as getUserMedia does. */
export async function scan({ video, decoder, found }) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  video.srcObject = stream
  await video.play()
  const read = await readerFor(decoder)
  let running = true
  let last = { text: '', at: 0 }
  const look = async () => {
    if (!running) return
    const text = document.hidden || !video.videoWidth ? undefined : await read(video).catch(() => undefined)
    const now = Date.now()
    if (text && running && !(text === last.text && now - last.at < SAME)) found(text)
    if (text) last = { text, at: now }
    setTimeout(look, PAUSE)
  }
  look()
  return () => {
    running = false
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}
