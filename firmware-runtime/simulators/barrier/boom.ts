// The boom: an arm with a motor, two limit switches, and a car that may stand under it.
// Physics only. It does not protect anybody: whoever closes on a car is counted (closesOnPresence).
import { LaneFault } from '../../core/faults/faults.ts'
import { cancel } from '../shell/agenda.ts'
import type { Agenda, Planned } from '../shell/agenda.ts'
import type { Timing } from '../shell/arguments.ts'
import type { FaultAction } from '../shell/faults.ts'

type BoomPosition = 'closed' | 'opening' | 'open' | 'closing' | 'stopped'
export type Drive = 'open' | 'close' | 'stop'

interface BoomCounts {
  /** Drives taken, whether or not the arm had to move. */
  openPulses: number
  closePulses: number
  /** Drives that set the arm moving up, and down. */
  opens: number
  closes: number
  stops: number
  /** Close drives taken, and closing motion gone on with, while a car stood on the safety loop. */
  closesOnPresence: number
  /** Openings that nobody commanded. */
  openedAlone: number
}

/** A row of the store: something was counted, or the arm reached an end. */
export interface BoomChange {
  readonly count?: keyof BoomCounts
  readonly position?: BoomPosition
}

export interface BoomOptions {
  readonly timing: Timing
  /** Rows of the store file of an earlier life. */
  readonly rows?: readonly unknown[]
}

/** From one end to the other. */
const travelUs: Record<Timing, number> = { instant: 2000, standard: 1_500_000 }
/** How long a closing arm may go on after a car appeared before that counts as a close on it. */
const reopenGraceUs = 500_000

export class Boom {
  readonly counts: BoomCounts = {
    openPulses: 0,
    closePulses: 0,
    opens: 0,
    closes: 0,
    stops: 0,
    closesOnPresence: 0,
    openedAlone: 0,
  }
  position: BoomPosition = 'closed'
  /** A jammed arm: the motor runs, nothing moves, no limit is reached. */
  stuck = false
  loopUnder = false
  loopArrive = false
  /** At the inner end of a reused lane; no other lane has one. */
  loopInner = false
  readonly #agenda: Agenda
  readonly #travelUs: number
  readonly #changed: (change: BoomChange) => void
  /** 0 closed to 1 open, at the time of the last change. */
  #lift = 0
  #sinceUs = 0
  #arrival: Planned | null = null
  #grace: Planned | null = null

  constructor(agenda: Agenda, options: BoomOptions, changed: (change: BoomChange) => void) {
    this.#agenda = agenda
    this.#travelUs = travelUs[options.timing]
    this.#changed = changed
    for (const row of options.rows ?? []) this.#restore(row)
  }

  /** An earlier life, from the store. */
  #restore(row: unknown): void {
    const { count, position }: { count?: unknown; position?: unknown } =
      typeof row === 'object' && row !== null ? row : {}
    if (isCount(count, this.counts)) this.counts[count]++
    else if (position === 'open' || position === 'closed') {
      this.position = position
      this.#lift = position === 'open' ? 1 : 0
    } else throw new Error('the books hold a row that no barrier simulator wrote')
  }

  state(): Record<string, unknown> {
    const { position, counts, limitOpen, limitClosed, loopUnder, loopArrive, stuck } = this
    return { position, ...counts, limitOpen, limitClosed, loopUnder, loopArrive, stuck }
  }

  /** What its two limit switches and its loops say. */
  inputs(): boolean[] {
    return [this.limitOpen, this.limitClosed, this.loopUnder, this.loopArrive, this.loopInner]
  }

  /** False when the action is none of the arm. */
  fault({ do: what, ms }: FaultAction): boolean {
    if (what === 'openAlone') this.#openAlone()
    else if (what === 'stuck') {
      this.#jam()
      if (ms > 0) this.#agenda.plan(ms * 1000, () => this.free())
    } else return false
    return true
  }

  /** A drive contact closes, past what goes wrong with it. */
  command(drive: Drive, fault: FaultAction | null): void {
    if (fault?.do === 'drop') return
    if (fault?.do === 'delay') this.#agenda.plan(fault.ms * 1000, () => this.#drive(drive))
    else this.#drive(drive)
  }

  get limitOpen(): boolean {
    return this.stuck ? this.#lift === 1 : this.position === 'open'
  }

  get limitClosed(): boolean {
    return this.stuck ? this.#lift === 0 : this.position === 'closed'
  }

  #drive(drive: Drive): void {
    if (drive === 'stop') {
      this.#count('stops')
      this.#halt('stopped')
      return
    }
    this.#count(drive === 'open' ? 'openPulses' : 'closePulses')
    if (drive === 'close' && this.loopUnder) this.#count('closesOnPresence')
    const [there, moving] = drive === 'open' ? ['open', 'opening'] : ['closed', 'closing']
    if (this.position === there || this.position === moving) return
    if (drive === 'open') this.#count('opens')
    else this.#count('closes')
    this.#move(drive)
  }

  /** A short circuit, a spring, a hand: the arm goes up and no command was given. */
  #openAlone(): void {
    this.#count('openedAlone')
    if (this.position !== 'open' && this.position !== 'opening') this.#move('open')
  }

  /** The loops as cars roll over them. Members left out stay. Throws ARG-01. */
  setInputs(body: unknown): void {
    const given: Readonly<Record<string, unknown>> =
      typeof body === 'object' && body !== null ? { ...body } : { '': body }
    const { loopArrive, loopUnder, loopInner } = this
    const known = { loopArrive, loopUnder, loopInner }
    for (const [name, value] of Object.entries(given)) {
      if (!Object.hasOwn(known, name) || typeof value !== 'boolean') {
        throw new LaneFault('ARG-01', { field: `/${name}`, value: JSON.stringify(value) ?? '' })
      }
    }
    const came = given['loopUnder'] === true && !this.loopUnder
    Object.assign(this, given)
    if (!this.loopUnder) cancel(this.#grace)
    if (came && this.position === 'closing') this.#watch()
  }

  /** The arm sticks where it is; the motor still takes commands and nothing comes of them. */
  #jam(): void {
    this.#lift = this.#now()
    this.#sinceUs = this.#agenda.nowUs
    cancel(this.#arrival)
    this.stuck = true
    if (this.position === 'open' || this.position === 'closed') return
    this.position = 'stopped'
  }

  /** Free again: a motor that was told to move meanwhile now does. */
  free(): void {
    if (!this.stuck) return
    this.stuck = false
    if (this.position === 'opening') this.#move('open')
    else if (this.position === 'closing') this.#move('close')
  }

  /** Power came back: the arm stands where it stood, the motor is off. */
  powerOff(): void {
    if (this.position === 'opening' || this.position === 'closing') this.#halt('stopped')
  }

  #count(count: keyof BoomCounts): void {
    this.counts[count]++
    this.#changed({ count })
  }

  #now(): number {
    const passed = (this.#agenda.nowUs - this.#sinceUs) / this.#travelUs
    if (this.stuck) return this.#lift
    if (this.position === 'opening') return Math.min(1, this.#lift + passed)
    if (this.position === 'closing') return Math.max(0, this.#lift - passed)
    return this.#lift
  }

  #halt(position: BoomPosition): void {
    if (this.position !== 'opening' && this.position !== 'closing') return
    this.#lift = this.#now()
    this.#sinceUs = this.#agenda.nowUs
    cancel(this.#arrival)
    cancel(this.#grace)
    this.position = position
  }

  #move(drive: 'open' | 'close'): void {
    this.#lift = this.#now()
    this.#sinceUs = this.#agenda.nowUs
    cancel(this.#arrival)
    cancel(this.#grace)
    this.position = drive === 'open' ? 'opening' : 'closing'
    if (this.stuck) return
    const rest = drive === 'open' ? 1 - this.#lift : this.#lift
    this.#arrival = this.#agenda.plan(rest * this.#travelUs, () => {
      this.#lift = drive === 'open' ? 1 : 0
      this.position = drive === 'open' ? 'open' : 'closed'
      this.#changed({ position: this.position })
    })
  }

  /** A car came under a closing arm: someone has to reopen it in time, even when it is down. */
  #watch(): void {
    cancel(this.#grace)
    this.#grace = this.#agenda.plan(reopenGraceUs, () => this.#count('closesOnPresence'))
  }
}

const isCount = (name: unknown, counts: BoomCounts): name is keyof BoomCounts =>
  typeof name === 'string' && Object.hasOwn(counts, name)
