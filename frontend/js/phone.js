// What every page of an attendee loads.
import { startClock } from './islands/clock.js'
import { startOutbox } from './islands/outbox.js'
import { startPropose } from './islands/propose.js'
import { startRefresh } from './islands/refresh.js'
import { startSeen } from './islands/seen.js'
import { startStream } from './islands/stream.js'
import { startTimers } from './islands/timer.js'
import { startVote } from './islands/vote.js'
import { startWorker } from './islands/worker.js'

startVote()
startOutbox()
startPropose()
startClock()
startTimers()
startRefresh()
startSeen()
startStream()
startWorker()
