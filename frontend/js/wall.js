// What the wall loads.
import { startClock } from './islands/clock.js'
import { startSlides } from './islands/slides.js'
import { startStream } from './islands/stream.js'
import { startTimers } from './islands/timer.js'

startClock()
startTimers()
startSlides()
startStream()
