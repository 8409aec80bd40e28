// What a door sign loads.
import { startClock } from './islands/clock.js'

startClock()
