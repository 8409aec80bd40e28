// Sound and vibration of the check-in: a high pair is good, a middle tone a warning, a low one not found. One switch turns both off.
const SETTING = 'offenraum-sound'
const SOUNDS = { good: [880, 1320], warn: [520], bad: [180, 140] }
const BUZZES = { good: [60], warn: [60, 60, 60], bad: [300] }
let context
let isOn = true

function beep(tones) {
  context ??= new AudioContext()
  tones.forEach((frequency, turn) => {
    const tone = new OscillatorNode(context, { frequency })
    const volume = new GainNode(context, { gain: 0.2 })
    tone.connect(volume).connect(context.destination)
    tone.start(context.currentTime + turn * 0.12)
    tone.stop(context.currentTime + turn * 0.12 + 0.11)
  })
}

export function signal(tone) {
  if (!isOn) return
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZES[tone])
  try {
    beep(SOUNDS[tone])
  } catch {
    // No sound on this device: colour, words and the screen reader tell the same.
  }
}

export function startSound(button) {
  isOn = localStorage.getItem(SETTING) !== 'off'
  button.setAttribute('aria-pressed', isOn)
  button.addEventListener('click', () => {
    isOn = !isOn
    localStorage.setItem(SETTING, isOn ? 'on' : 'off')
    button.setAttribute('aria-pressed', isOn)
    if (isOn) signal('good')
  })
}
