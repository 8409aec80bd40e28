// What the desk loads.
import htmx from 'htmx.org'
import { startClock } from './islands/clock.js'

window.htmx = htmx
startClock()
