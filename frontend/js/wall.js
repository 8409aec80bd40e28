// What the wall loads.
import { startClock } from './islands/clock.js'

startClock()
