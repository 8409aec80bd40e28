// What the desk loads.
import { startClock } from './islands/clock.js'
import { startStream } from './islands/stream.js'
import { startTimers } from './islands/timer.js'

startClock()
startTimers()
startStream()
