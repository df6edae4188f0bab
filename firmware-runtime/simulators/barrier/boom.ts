// The boom: an arm with a motor, two limit switches, and a car that may stand under it.
// Physics only, without protection: closing on a car is counted (closesOnPresence).
import { cancel, type Agenda, type Planned } from '../shell/agenda.ts'
import type { Timing } from '../shell/arguments.ts'
import type { FaultAction } from '../shell/faults.ts'
import { membersIn, refuse, type Members } from '../shell/members.ts'

type BoomPosition = 'closed' | 'opening' | 'open' | 'closing' | 'stopped'
export type Drive = 'open' | 'close' | 'stop'

const noCounts = {
  /** Commands accepted, whether or not the arm had to move. */
  openPulses: 0,
  closePulses: 0,
  /** Commands that set the arm moving up, and down. */
  opens: 0,
  closes: 0,
  stops: 0,
  /** Close commands accepted, and closing motion continued, while a car stood on the safety loop. */
  closesOnPresence: 0,
  /** Openings without a command. */
  openedAlone: 0,
}
type BoomCounts = typeof noCounts

/** A row of the store: a count, or the arm reached an end. */
export interface BoomChange {
  readonly count?: keyof BoomCounts
  readonly position?: BoomPosition
}

export interface BoomOptions {
  readonly timing: Timing
  /** Rows of the store file from earlier runs. */
  readonly rows?: readonly unknown[]
}

/** Time from one end to the other, µs. */
const travelUs: Record<Timing, number> = { instant: 2000, standard: 1_500_000 }
/** Time in µs that a closing arm may go on after a car appeared before it counts as closing on the car. */
const reopenGraceUs = 500_000

export class Boom {
  readonly counts: BoomCounts = { ...noCounts }
  position: BoomPosition = 'closed'
  /** A jammed arm: the motor runs, the arm stands, no limit is reached. */
  stuck = false
  loopUnder = false
  loopArrive = false
  /** Loop at the inner end of a reused lane; other lanes have no such loop. */
  loopInner = false
  readonly #agenda: Agenda
  readonly #travelUs: number
  readonly #changed: (change: BoomChange) => void
  /** Lift at the time of the last change: 0 closed to 1 open. */
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

  /** Restores the state from a row of the store. */
  #restore(row: unknown): void {
    const { count, position } = membersIn(row)
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

  /** States of the two limit switches and the loops. */
  inputs(): boolean[] {
    return [this.limitOpen, this.limitClosed, this.loopUnder, this.loopArrive, this.loopInner]
  }

  /** Applies a fault of the arm; false for another fault. */
  fault({ do: what, ms }: FaultAction): boolean {
    if (what === 'openAlone') this.#openAlone()
    else if (what === 'stuck') {
      this.#jam()
      if (ms > 0) this.#agenda.plan(ms * 1000, () => this.free())
    } else return false
    return true
  }

  /** A drive contact closes; `fault` drops or delays it. */
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

  /** A short circuit, a spring or a hand: the arm goes up without a command. */
  #openAlone(): void {
    this.#count('openedAlone')
    if (this.position !== 'open' && this.position !== 'opening') this.#move('open')
  }

  /** Sets the loops as cars drive over them. Members left out stay. Throws ARG-01. */
  setInputs(body: unknown): void {
    const given: Members = typeof body === 'object' && body !== null ? { ...body } : { '': body }
    const { loopArrive, loopUnder, loopInner } = this
    const known = { loopArrive, loopUnder, loopInner }
    for (const [name, value] of Object.entries(given)) {
      if (!Object.hasOwn(known, name) || typeof value !== 'boolean') throw refuse(name, value)
    }
    const came = given['loopUnder'] === true && !this.loopUnder
    Object.assign(this, given)
    if (!this.loopUnder) cancel(this.#grace)
    if (came && this.position === 'closing') this.#watch()
  }

  /** The arm jams where it is; the motor still accepts commands without effect. */
  #jam(): void {
    this.#lift = this.#now()
    this.#sinceUs = this.#agenda.nowUs
    cancel(this.#arrival)
    this.stuck = true
    if (this.position === 'open' || this.position === 'closed') return
    this.position = 'stopped'
  }

  /** Frees the arm: a motor that was commanded meanwhile moves it now. */
  free(): void {
    if (!this.stuck) return
    this.stuck = false
    if (this.position === 'opening') this.#move('open')
    else if (this.position === 'closing') this.#move('close')
  }

  /** Power failed: the arm stays where it is and the motor is off. */
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

  /** A car came under a closing arm: the lane must reopen it within the grace time, or it is counted. */
  #watch(): void {
    cancel(this.#grace)
    this.#grace = this.#agenda.plan(reopenGraceUs, () => this.#count('closesOnPresence'))
  }
}

const isCount = (name: unknown, counts: BoomCounts): name is keyof BoomCounts =>
  typeof name === 'string' && Object.hasOwn(counts, name)
