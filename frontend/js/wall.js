// What the wall loads.
import { startClock } from './islands/clock.js'
import { startSlides } from './islands/slides.js'
import { startStream } from './islands/stream.js'
import { startTimers } from './islands/timer.js'

// The desk sets how wide the picture is; the size of the letters follows.
function widen() {
  const { wallWidth } = document.querySelector('[data-wall-width]')?.dataset ?? {}
  if (wallWidth) document.body.dataset.width = wallWidth
}

document.addEventListener('region:replaced', widen)
widen()
startClock()
startTimers()
startSlides()
startStream()
