// The session plan: drag, tap a card and then a place, or arrows and Enter; the queue of the round by drag.
//
// The page works without it: a card is a radio button, a free place is a button of the form `act`, the menu is a link.
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { post } from './quick.js'

const known = new WeakSet()
const isPlaced = piece => !piece.endsWith(':')

// Cards come and go with each replacement of the region, which also takes the attribute from those that stay.
function enlist() {
  for (const element of document.querySelectorAll('.piece[data-piece], .queue__item[data-pitch]')) {
    if (!known.has(element)) makeDraggable(element)
    element.draggable = true
  }
  rove()
}

function makeDraggable(element) {
  known.add(element)
  draggable({
    element,
    getInitialData: () => ({ piece: element.dataset.piece, pitch: element.dataset.pitch }),
    onDragStart: () => element.classList.add('piece--dragging'),
    onDrop: () => element.classList.remove('piece--dragging'),
  })
}

/** One target for a whole region, since what is in it is replaced: what lies under the pointer counts. */
function makeTarget({ region, places, mark, accepts, drop }) {
  const element = document.getElementById(region)
  if (!element) return
  // All elements of the point: the library lays one of its own under the pointer.
  const under = ({ location: { current: { input } } }) =>
    document.elementsFromPoint(input.clientX, input.clientY).map(each => each.closest(places)).find(Boolean)
  const point = to => element.querySelectorAll(places).forEach(place => place.classList.toggle(mark, place === to))
  dropTargetForElements({
    element,
    canDrop: ({ source }) => accepts(source.data),
    onDrag: drag => point(under(drag)),
    onDragLeave: () => point(),
    onDrop: drag => {
      point()
      const place = under(drag)
      if (place && !place.contains(drag.source.element)) drop(place, drag.source)
    },
  })
}

// On a taken place two placed sessions swap; a card from the shelf is refused by the server, which says what is there.
function putInto(place, { data: { piece } }) {
  const there = place.querySelector('.piece[data-piece]')
  if (place.dataset.shelf) isPlaced(piece) && post(place.dataset.shelf, { piece })
  else if (there && isPlaced(piece)) post(there.dataset.swap, { piece, other: there.dataset.piece })
  else post(place.dataset.cell, { piece })
}

function queueAt(place, { element, data: { pitch } }) {
  const queue = place.closest('[data-queue]')
  const items = Array.from(queue.children)
  const isDown = items.indexOf(element) < items.indexOf(place)
  const before = isDown ? place.nextElementSibling?.dataset.pitch : place.dataset.pitch
  post(queue.dataset.queue, { pitch, before: before ?? '' })
}

// Tapping anywhere on a card chooses it; tapping it again lets it go.
function tap(event) {
  if (event.target.matches('.piece__pick')) return
  const piece = event.target.closest('.piece[data-piece]')
  if (!piece || event.target.closest('a, button')) return
  const pick = piece.querySelector('.piece__pick')
  event.preventDefault()
  pick.checked = !pick.checked
  pick.focus({ preventScroll: true })
}

const letGo = () => document.querySelectorAll('.piece__pick:checked').forEach(pick => { pick.checked = false })

// One tab stop for the whole plan; arrows move from card to place.
const stopOf = element => element?.querySelector('.piece__pick, .cell__put')

function rows() {
  return Array.from(document.querySelectorAll('.board__slot'), slot => Array.from(slot.querySelectorAll('.cell'), stopOf))
}

function rove(to) {
  const stops = Array.from(document.querySelectorAll('.piece__pick, .cell__put'))
  const current = to ?? stops.find(stop => stop === document.activeElement) ?? stops.find(stop => stop.tabIndex === 0) ?? stops[0]
  for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1
  document.querySelectorAll('.piece__menu').forEach(menu => { menu.tabIndex = -1 })
}

function neighbour(stop, key) {
  const shelf = Array.from(document.querySelectorAll('.shelf__list > li'), stopOf).filter(Boolean)
  const grid = rows()
  const at = shelf.indexOf(stop)
  if (at >= 0) {
    if (key === 'ArrowRight') return grid.flat().find(Boolean)
    return shelf[at + { ArrowDown: 1, ArrowUp: -1 }[key]]
  }
  const row = grid.findIndex(line => line.includes(stop))
  if (row < 0) return undefined
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key]
  let [r, c] = [row + step[0], grid[row].indexOf(stop) + step[1]]
  while (grid[r] && c >= 0 && c < grid[r].length && !grid[r][c]) [r, c] = [r + step[0], c + step[1]]
  return c < 0 ? shelf[0] : grid[r]?.[c]
}

function press(event) {
  if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.target.matches('input:not([type=radio]), textarea')) {
    event.preventDefault()
    document.getElementById('undo')?.click()
    return
  }
  const stop = event.target.closest?.('.piece__pick, .cell__put')
  if (!stop) return
  if (event.key.startsWith('Arrow')) {
    event.preventDefault()
    const next = neighbour(stop, event.key)
    if (next) {
      rove(next)
      next.focus()
    }
  } else if (event.key === 'Escape') letGo()
  else if (event.key === 'Enter' && stop.matches('.piece__pick')) {
    event.preventDefault()
    stop.closest('.piece').querySelector('.piece__menu').click()
  }
}

export function startBoard() {
  if (!document.querySelector('[data-region*="/desk-board/"], [data-region*="/desk-queue/"]')) return
  document.documentElement.classList.add('has-board')
  enlist()
  makeTarget({ region: 'desk-board', places: '[data-cell], [data-shelf]', mark: 'cell--over', accepts: data => data.piece, drop: putInto })
  makeTarget({ region: 'desk-queue', places: '[data-pitch]', mark: 'queue__item--over', accepts: data => data.pitch, drop: queueAt })
  document.addEventListener('region:replaced', enlist)
  document.addEventListener('quick:done', letGo)
  document.addEventListener('click', tap)
  document.addEventListener('keydown', press)
}
