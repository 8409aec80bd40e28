/** The one place where `before` became `after`: {at, gone: length, come: text}; never between the halves of a sign. */
export function difference(before, after) {
  let at = 0
  const most = Math.min(before.length, after.length)
  while (at < most && before[at] === after[at]) at += 1
  if (at && isFirstHalf(before, at - 1)) at -= 1
  let tail = 0
  while (tail < most - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  if (tail && isSecondHalf(before, before.length - tail)) tail -= 1
  return { at, gone: before.length - tail - at, come: after.slice(at, after.length - tail) }
}

const isFirstHalf = (text, place) => /[\uD800-\uDBFF]/.test(text[place] ?? '')
const isSecondHalf = (text, place) => /[\uDC00-\uDFFF]/.test(text[place] ?? '')

/** Where a change of a text has to go when another change of the same text came first; no letter of either is lost. */
export function moved({ at, gone, come }, first) {
  if (at + gone <= first.at) return { at, gone, come }
  const shift = first.come.length - first.gone
  if (at >= first.at + first.gone) return { at: at + shift, gone, come }
  return { at: first.at + first.come.length, gone: 0, come }
}
