// What the desk loads.
import { startBoard } from './islands/board.js'
import { startClock } from './islands/clock.js'
import { startMenu } from './islands/menu.js'
import { startPrices } from './islands/prices.js'
import { startQuick } from './islands/quick.js'
import { startStream } from './islands/stream.js'
import { startTimers } from './islands/timer.js'

startClock()
startTimers()
startStream()
startBoard()
startPrices()
startMenu()
startQuick() // last: a link that opens in place leaves nothing to follow
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
