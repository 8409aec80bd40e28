// Personal parts of a page follow the shared ones: an element with `data-refresh="programme now"` is fetched anew, from the
// page's own address, when one of the regions named was replaced. A second of spread keeps a hall from asking at once.
const SPREAD = 1000

async function refresh(element) {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, credentials: 'same-origin' }).catch(() => null)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(element.id)
  if (!fresh || fresh.innerHTML === element.innerHTML || element.contains(document.activeElement)) return
  element.replaceChildren(...fresh.childNodes)
}

export function startRefresh() {
  const waiting = new Map()
  document.addEventListener('region:replaced', event => {
    for (const element of document.querySelectorAll('[data-refresh]')) {
      if (!element.dataset.refresh.split(' ').includes(event.detail.id)) continue
      if (waiting.has(element.id)) continue
      waiting.set(element.id, setTimeout(() => waiting.delete(element.id) && refresh(element), Math.random() * SPREAD))
    }
  })
}
