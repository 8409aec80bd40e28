// What the desk loads.
import htmx from 'htmx.org'
import { startClock } from './islands/clock.js'
import { startStream } from './islands/stream.js'
import { startTimers } from './islands/timer.js'

window.htmx = htmx
startClock()
startTimers()
startStream()
