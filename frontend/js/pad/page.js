const form = document.getElementById('notes')

export const store = `offenraum-pad:${form.dataset.pad}`

/** What was typed on this device and never reached the server. */
export function kept() {
  try {
    return localStorage.getItem(store)
  } catch {
    return null
  }
}

/** The number of the newest change, as the live stream told it. */
export const newest = () => Number(document.querySelector('[data-pad-number]')?.value ?? 0)
