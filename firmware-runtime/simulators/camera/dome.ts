// A camera that turns to presets, as a pure model: where it points at a time, which spaces it sees there, and how it fails to turn.
// Written apart from the lane: it knows presets by position only.
import { flagIn, isMembers, membersOf, refuse, type Members } from '../shell/members.ts'

interface Aim {
  readonly panDeg: number
  readonly tiltDeg: number
  readonly zoom: number
}

interface StoredPreset {
  readonly aim: Aim
  readonly spaces: ReadonlySet<string>
}

/** `stays`: it says that it turns, and does not. `silent`: it answers nothing. */
const domeFaults = ['stays', 'refuses', 'silent'] as const
type DomeFault = (typeof domeFaults)[number]

const rest: Aim = { panDeg: 0, tiltDeg: 20, zoom: 1 }

function numberOf(from: Members, name: string, otherwise?: number): number {
  const value = from[name] ?? otherwise
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse(name, value, 'a number')
  return value
}

function presetOf(value: unknown): StoredPreset {
  const given = membersOf(value)
  const { spaces } = given
  if (!Array.isArray(spaces)) throw refuse('spaces', spaces, 'numbers of spaces')
  const aim = {
    panDeg: numberOf(given, 'panDeg'),
    tiltDeg: numberOf(given, 'tiltDeg', rest.tiltDeg),
    zoom: numberOf(given, 'zoom', rest.zoom),
  }
  return { aim, spaces: new Set(spaces.map(String)) }
}

const between = (from: number, to: number, share: number): number => from + (to - from) * share

export class Dome {
  readonly #presets = new Map<number, StoredPreset>()
  #turnMs = 2_000
  #fault: DomeFault | null = null
  #from = rest
  #to = rest
  #movedAtMs = -Infinity
  commands = 0
  /** Between two reports of a space in view, ms. */
  everyMs = 5_000

  /** False: the camera does not turn and sees all its spaces. */
  get turns(): boolean {
    return this.#presets.size > 0
  }

  get fault(): DomeFault | null {
    return this.#fault
  }

  /** Sets what a script says. Throws ARG-01. */
  set(body: unknown, nowMs: number): void {
    const given = membersOf(body)
    const { presets, fault, hand } = given
    if (presets !== undefined) {
      if (!isMembers(presets)) throw refuse('presets', presets, 'presets by number')
      this.#presets.clear()
      for (const [number, one] of Object.entries(presets))
        this.#presets.set(Number(number), presetOf(one))
    }
    if (fault !== undefined) {
      const known = domeFaults.find((one) => one === fault) ?? null
      if (known === null && fault !== null) throw refuse('fault', fault, domeFaults.join(' '))
      this.#fault = known
    }
    this.#turnMs = numberOf(given, 'turnMs', this.#turnMs)
    this.everyMs = numberOf(given, 'everyMs', this.everyMs)
    // A person turns it.
    if (hand !== undefined)
      this.#move({ ...this.aim(nowMs), panDeg: numberOf(given, 'hand') }, nowMs)
    if (flagIn(given, 'forgets', false)) this.#presets.clear()
  }

  #move(to: Aim, nowMs: number): void {
    this.#from = this.aim(nowMs)
    this.#to = to
    this.#movedAtMs = nowMs
  }

  aim(nowMs: number): Aim {
    const share = Math.min(1, Math.max(0, (nowMs - this.#movedAtMs) / Math.max(1, this.#turnMs)))
    return {
      panDeg: between(this.#from.panDeg, this.#to.panDeg, share),
      tiltDeg: between(this.#from.tiltDeg, this.#to.tiltDeg, share),
      zoom: between(this.#from.zoom, this.#to.zoom, share),
    }
  }

  isMoving(nowMs: number): boolean {
    return nowMs - this.#movedAtMs < this.#turnMs
  }

  /** Turns to a preset; false: it refuses. */
  goto(preset: number, nowMs: number): boolean {
    this.commands++
    if (this.#fault === 'refuses') return false
    const stored = this.#presets.get(preset)
    if (this.#fault !== 'stays' && stored !== undefined) this.#move(stored.aim, nowMs)
    return true
  }

  /** The spaces that it sees; none while it moves. */
  inView(nowMs: number): ReadonlySet<string> {
    if (this.isMoving(nowMs)) return new Set()
    const { panDeg, tiltDeg } = this.aim(nowMs)
    const stands = [...this.#presets.values()].find(
      ({ aim }) => Math.abs(aim.panDeg - panDeg) < 0.5 && Math.abs(aim.tiltDeg - tiltDeg) < 0.5,
    )
    return stands?.spaces ?? new Set()
  }

  state(nowMs: number): Readonly<Record<string, unknown>> {
    return { ...this.aim(nowMs), moving: this.isMoving(nowMs), commands: this.commands }
  }
}
