// Plays the bundled sounds one after the other; a newer point interrupts an older one.
// Without audio there is no fault, because the screen shows the same.
import { soundNames, type SoundName, type Spoken } from './point-said.ts'

const files = import.meta.glob<string>('./sounds/*/*.opus', {
  eager: true,
  query: '?url',
  import: 'default',
})
export const soundFile = (spoken: Spoken, name: SoundName): string | undefined =>
  files[`./sounds/${spoken}/${name}.opus`]

let context: AudioContext | null = null
const decoded = new Map<string, Promise<AudioBuffer | null>>()
let playing: readonly AudioBufferSourceNode[] = []
let turn = 0

async function decode(at: AudioContext, url: string): Promise<AudioBuffer | null> {
  try {
    const reply = await fetch(url)
    return await at.decodeAudioData(await reply.arrayBuffer())
  } catch {
    return null
  }
}

function soundAt(at: AudioContext, spoken: Spoken, name: SoundName): Promise<AudioBuffer | null> {
  const url = soundFile(spoken, name)
  if (url === undefined) return Promise.resolve(null)
  const known = decoded.get(url) ?? decode(at, url)
  decoded.set(url, known)
  return known
}

function audio(): AudioContext | null {
  if (typeof AudioContext === 'undefined') return null
  context ??= new AudioContext()
  return context
}

/** Fetches the sounds in advance, so that the first point is said at once. */
export function readySounds(spoken: Spoken): void {
  const at = audio()
  if (at !== null) for (const name of soundNames) void soundAt(at, spoken, name)
}

export async function playSounds(names: readonly SoundName[], spoken: Spoken): Promise<void> {
  const at = audio()
  if (at === null || names.length === 0) return
  const mine = ++turn
  const sounds = await Promise.all(names.map((name) => soundAt(at, spoken, name)))
  if (mine !== turn) return
  for (const source of playing) source.stop()
  let startSec = at.currentTime
  playing = sounds.flatMap((buffer) => {
    if (buffer === null) return []
    const source = at.createBufferSource()
    source.buffer = buffer
    source.connect(at.destination)
    source.start(startSec)
    startSec += buffer.duration
    return [source]
  })
}
