// Before a card is dropped, each place says what that would cost people: shown while a card is chosen or dragged.
let shown = '' // the card, as it was when its prices were asked for
const clear = () => document.querySelectorAll('.cell__price').forEach(price => price.remove())

function put(id, { words, kind }) {
  const cell = document.getElementById(`cell-${id}`)
  if (!cell || cell.querySelector('.cell__price')) return
  const price = document.createElement('p')
  price.className = `cell__price cell__price--${kind}`
  price.id = `price-${id}`
  price.textContent = words
  cell.append(price)
  cell.querySelector('.cell__put')?.setAttribute('aria-describedby', price.id)
}

async function show(piece) {
  shown = piece.dataset.piece
  clear()
  const asked = shown
  const answer = await fetch(piece.dataset.prices, { headers: { Accept: 'application/json' } }).catch(() => null)
  if (!answer?.ok || shown !== asked) return
  const { cells } = await answer.json()
  for (const [id, price] of Object.entries(cells)) put(id, price)
}

// The chosen card may be another one, or none, after any tap, key, answer or change of the board.
function look() {
  const piece = document.querySelector('.piece__pick:checked')?.closest('.piece[data-prices]')
  if (piece && piece.dataset.piece !== shown) show(piece)
  if (!piece) {
    shown = ''
    clear()
  }
}

export function startPrices() {
  if (!document.querySelector('[data-region*="/desk-board/"]')) return
  const soon = () => setTimeout(look)
  for (const event of ['click', 'change', 'keyup', 'quick:done']) document.addEventListener(event, soon)
  document.addEventListener('region:replaced', () => {
    shown = ''
    clear()
    look()
  })
  document.addEventListener('dragstart', event => {
    const piece = event.target.closest?.('.piece[data-prices]')
    if (piece) show(piece)
  })
  document.addEventListener('dragend', () => {
    shown = ''
    soon()
    clear()
  })
}
