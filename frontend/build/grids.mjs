// Grid positions as classes, since the content security policy forbids style attributes.
const ROOMS = 12
const SLOTS = 16
const range = n => Array.from({ length: n }, (_, i) => i + 1)

/** Programme on a desktop: `.rooms-N` sets the columns of every slot, `.col-N` places a session in its room's column. */
export function scheduleGrid() {
  const columns = range(ROOMS).map(n => `.rooms-${n}{--rooms:${n}}`)
  const places = range(ROOMS).map(n => `.schedule .col-${n}{grid-column:${n + 1}}`)
  return `${columns.join('')}@media (min-width:64rem){${places.join('')}}`
}

/** Board of the desk: rooms in columns, slots in rows; `.at-R-S` would be the product of both, so two classes place a cell. */
export function boardGrid() {
  const rows = range(SLOTS).map(n => `.board .row-${n}{grid-row:${n + 1}}`)
  const columns = range(ROOMS).map(n => `.board .col-${n}{grid-column:${n + 1}}`)
  return `@media (min-width:64rem){${columns.concat(rows).join('')}}`
}
