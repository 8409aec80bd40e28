// Registers the service worker after the page has loaded, so that the first visit costs nothing; tells it what to keep.
const SPREAD = 20_000

const filesOf = () =>
  performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname).filter(path => path.startsWith('/static/kit/'))

async function register({ worker, scope, decoder }) {
  const isNew = !navigator.serviceWorker.controller
  await navigator.serviceWorker.register(worker, { scope: `/${scope}/` })
  const { active } = await navigator.serviceWorker.ready
  if (!isNew) return active
  active.postMessage({ files: [...filesOf(), ...(decoder ? [decoder] : [])], pages: [location.pathname], core: !decoder })
  return active
}

// A new edition changes pages that lie here: they are asked for again within a spread, not by the whole hall at once.
function follow(active, scope) {
  let waiting
  document.addEventListener('region:replaced', event => {
    if (waiting || !/^(programme|now)/.test(event.detail.id)) return
    waiting = setTimeout(() => {
      waiting = undefined
      active.postMessage({ pages: ['programm', 'mein-plan', 'jetzt'].map(name => `/${scope}/${name}`) })
    }, Math.random() * SPREAD)
  })
}

export function startWorker() {
  const { dataset } = document.querySelector('[data-worker]') ?? {}
  if (!dataset?.worker || !navigator.serviceWorker) return
  const start = () => register(dataset).then(active => follow(active, dataset.scope)).catch(() => {})
  if (document.readyState === 'complete') start()
  else addEventListener('load', () => setTimeout(start, 0))
}
