// Changes the children of an element into new ones without touching what stays: focus, typed text, open details, scroll.

/** Make the children of `element` equal to those of `html`. */
export function morph(element, html) {
  const template = document.createElement('template')
  template.innerHTML = html
  const active = document.activeElement
  const marked = selectionOf(active)
  morphChildren(element, template.content)
  if (active !== document.activeElement && active?.isConnected) {
    active.focus({ preventScroll: true })
    if (marked) active.setSelectionRange(...marked)
  }
}

function selectionOf(element) {
  try {
    return element?.selectionStart == null ? null : [element.selectionStart, element.selectionEnd]
  } catch {
    return null
  }
}

function morphChildren(from, to) {
  const ids = new Set(Array.from(to.children, child => child.id))
  let old = from.firstChild
  for (const fresh of Array.from(to.childNodes)) {
    while (old?.id && !ids.has(old.id)) old = removed(old)
    const match = matchOf(from, old, fresh)
    if (match === old) old = old?.nextSibling ?? null
    else from.insertBefore(match ?? fresh, old)
    if (match) morphNode(match, fresh)
  }
  while (old) old = removed(old)
}

function removed(node) {
  const next = node.nextSibling
  node.remove()
  return next
}

// An id finds its element wherever it stands; without one, the same kind of node at the same place.
function matchOf(from, old, fresh) {
  if (fresh.id) {
    const same = Array.prototype.find.call(from.children, child => child.id === fresh.id)
    return same?.nodeName === fresh.nodeName ? same : undefined
  }
  return old && !old.id && old.nodeName === fresh.nodeName ? old : undefined
}

function morphNode(node, fresh) {
  if (node.isEqualNode(fresh) || node.hasAttribute?.('data-keep')) return
  if (node.nodeType !== Node.ELEMENT_NODE) {
    node.nodeValue = fresh.nodeValue
    return
  }
  morphAttributes(node, fresh)
  morphChildren(node, fresh)
}

// What a person has typed or ticked lives in properties, which attributes do not change; `open` belongs to the reader.
function morphAttributes(node, fresh) {
  for (const { name } of Array.from(node.attributes)) {
    if (!fresh.hasAttribute(name) && !belongsToReader(node, name)) node.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (node.getAttribute(name) !== value && !belongsToReader(node, name)) node.setAttribute(name, value)
  }
}

const belongsToReader = (node, name) => name === 'open' && node.nodeName === 'DETAILS'
