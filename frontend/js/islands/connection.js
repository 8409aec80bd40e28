// One event stream for all windows of a browser: a window that holds the lock has it and passes on what arrives.
//
// Browsers open six connections to a server over HTTP/1.1; a seventh stream would wait in silence.
const LOCK = 'offenraum-stream'

/**
 * Keep a stream open for what `shown()` lists (region key -> version) and hand every message to `receive`:
 * {region}, {versions} by key, or {failed: how often in a row}. Regions of the desk come with the address of a token.
 */
export function openStream({ shown, receive, tokenAddress }) {
  const others = new BroadcastChannel(LOCK)
  const groups = new Map() // address of a token, '' for what everybody may see -> Map of key -> version
  let source, retry, release
  let isWaiting = false
  let failures = 0

  function want(address, versions) {
    const group = groups.get(address) ?? new Map()
    const isNew = Object.entries(versions).some(([key, version]) => group.get(key) !== version)
    groups.set(address, new Map([...group, ...Object.entries(versions)]))
    return isNew
  }

  const ask = () => others.postMessage({ want: shown(), address: tokenAddress() ?? '' })

  function pass(message) {
    failures = message.failed ?? 0
    const { key, version } = message.region ?? {}
    for (const group of groups.values()) if (group.has(key)) group.set(key, version)
    receive(message)
    others.postMessage(message)
  }

  async function connect() {
    clearTimeout(retry)
    source?.close()
    const query = new URLSearchParams()
    const versions = new Map()
    for (const [address, group] of groups) {
      if (address) query.append('token', (await (await fetch(address, { cache: 'no-store' })).json()).token)
      else for (const key of group.keys()) query.append('key', key)
      for (const [key, version] of group) versions.set(key, version)
    }
    const keys = Array.from(versions.keys()).sort()
    query.set('since', keys.map(key => versions.get(key)).join('.'))
    if (release) listen(new EventSource(`/live/stream?${query}`), keys)
  }

  function listen(opened, keys) {
    source?.close()
    source = opened
    source.addEventListener('region', event => pass({ region: JSON.parse(event.data) }))
    source.addEventListener('beat', event => {
      const versions = event.data.split('.')
      pass({ versions: Object.fromEntries(keys.map((key, place) => [key, versions[place]])) })
    })
    source.addEventListener('error', fail)
  }

  // Another window wants regions: when all of them are current, it hears so at once.
  function serve({ want: versions, address }) {
    if (!release) return
    if (want(address, versions)) reconnect()
    else if (source?.readyState === EventSource.OPEN && !failures) others.postMessage({ versions })
  }

  // The browser tries again by itself, unless the server refused: then a new token may help.
  function fail() {
    if (!release) return
    pass({ failed: failures + 1 })
    if (source?.readyState === EventSource.CONNECTING) return
    clearTimeout(retry)
    retry = setTimeout(reconnect, 500 + Math.random() * 3500)
  }

  const reconnect = () => connect().catch(fail)

  function begin(done) {
    release = done
    groups.clear()
    want(tokenAddress() ?? '', shown())
    others.postMessage({ who: true })
    reconnect()
  }

  function end() {
    release?.()
    release = undefined
    clearTimeout(retry)
    source?.close()
  }

  // Without locks (plain http in a venue) each window has its own stream.
  async function lead(options) {
    if (!navigator.locks) {
      begin(() => {})
      return
    }
    if (isWaiting && !options) return
    isWaiting = true
    try {
      await navigator.locks.request(LOCK, options ?? {}, () => document.hidden ? undefined : new Promise(begin))
    } catch {
      end() // another window has taken over
    }
    isWaiting = false
  }

  others.addEventListener('message', ({ data }) => {
    if (data.who) ask()
    else if (data.want) serve(data)
    else receive(data)
  })
  addEventListener('pagehide', end)
  ask()
  lead()

  return {
    /** Begin anew, and take the stream from a window that has fallen silent. */
    renew() {
      if (release) {
        want(tokenAddress() ?? '', shown())
        reconnect()
      } else {
        ask()
        lead({ steal: true })
      }
    },
    /** Close the stream of a page that nobody sees. */
    rest: end,
  }
}
