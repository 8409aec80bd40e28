// The menu of a card as a dialog on the board: the same page that the link leads to, fetched and shown in place.
const dialog = () => document.getElementById('place-dialog')

async function open(event) {
  const link = event.target.closest('a.piece__menu')
  if (!link || event.ctrlKey || event.metaKey || !dialog()) return
  event.preventDefault()
  const back = link.closest('.piece').querySelector('.piece__pick')
  const response = await fetch(link.href).catch(() => null)
  const place = response?.ok && new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('place')
  if (!place) {
    location.assign(link.href)
    return
  }
  dialog().replaceChildren(place)
  filterRooms()
  dialog().showModal()
  dialog().addEventListener('close', () => back?.isConnected && back.focus(), { once: true })
}

// The list of rooms follows the chosen time: only free ones, the best first, each with its reason.
function filterRooms() {
  const slot = document.getElementById('slot')
  const room = document.getElementById('room')
  if (!slot || !room?.dataset.free) return
  const free = JSON.parse(room.dataset.free)[slot.value] ?? []
  const chosen = room.value
  room.replaceChildren(...free.map(([value, text]) => new Option(text, value, false, value === Number(chosen))))
}

export function startMenu() {
  document.addEventListener('click', open)
  document.addEventListener('click', event => {
    if (dialog()?.open && event.target.closest('[data-close]')) {
      event.preventDefault()
      dialog().close()
    }
  })
  document.addEventListener('change', event => { if (event.target.id === 'slot') filterRooms() })
  filterRooms()
}
