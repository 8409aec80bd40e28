// What the check-in page loads.
import { startCheckin } from './islands/checkin.js'
import { startClock } from './islands/clock.js'
import { startStream } from './islands/stream.js'
import { startWorker } from './islands/worker.js'

startClock()
startStream()
startCheckin()
startWorker()
