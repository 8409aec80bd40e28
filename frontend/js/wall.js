// What the wall loads.
import { startClock } from './islands/clock.js'
import { startTimers } from './islands/timer.js'

startClock()
startTimers()
