// The sound that calls a person: two short tones, generated here, so that nothing has to be loaded.
// Without audio the line above the page says the same.
let context: AudioContext | null = null

const tones = [
  { hz: 880, atSec: 0 },
  { hz: 660, atSec: 0.22 },
] as const
const toneSec = 0.18
const loudness = 0.25

export function playAlarm(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const at = context
  for (const { hz, atSec } of tones) {
    const tone = at.createOscillator()
    const gain = at.createGain()
    const startSec = at.currentTime + atSec
    tone.frequency.value = hz
    gain.gain.setValueAtTime(loudness, startSec)
    gain.gain.exponentialRampToValueAtTime(0.001, startSec + toneSec)
    tone.connect(gain)
    gain.connect(at.destination)
    tone.start(startSec)
    tone.stop(startSec + toneSec)
  }
}
