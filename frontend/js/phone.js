// What every page of an attendee loads.
import htmx from 'htmx.org'
import { startClock } from './islands/clock.js'
import { startVote } from './islands/vote.js'

window.htmx = htmx
startVote()
startClock()
