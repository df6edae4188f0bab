// The boom: an arm with a motor, two limit switches, and a car that may stand under it.
// Physics only. It does not protect anybody: whoever closes on a car is counted (closesOnPresence).
import { cancel } from '../shell/agenda.ts'
import type { Agenda, Planned } from '../shell/agenda.ts'

type BoomPosition = 'closed' | 'opening' | 'open' | 'closing' | 'stopped'
export type Drive = 'open' | 'close' | 'stop'

export interface BoomCounts {
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

/** A row of the books: something was counted, or the arm reached an end. */
export interface BoomChange {
  readonly count?: keyof BoomCounts
  readonly position?: BoomPosition
}

export interface BoomTravel {
  readonly openUs: number
  readonly closeUs: number
  /** How long a closing arm may go on after a car appeared before that counts as a close on it. */
  readonly reopenGraceUs: number
}

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
  readonly #agenda: Agenda
  readonly #travel: BoomTravel
  readonly #changed: (change: BoomChange) => void
  /** 0 closed to 1 open, at the time of the last change. */
  #lift = 0
  #sinceUs = 0
  #arrival: Planned | null = null
  #grace: Planned | null = null

  constructor(agenda: Agenda, travel: BoomTravel, changed: (change: BoomChange) => void) {
    this.#agenda = agenda
    this.#travel = travel
    this.#changed = changed
  }

  /** An earlier life, from the books. */
  restore(change: BoomChange): void {
    if (change.count) this.counts[change.count]++
    if (change.position === 'open' || change.position === 'closed') {
      this.position = change.position
      this.#lift = change.position === 'open' ? 1 : 0
    }
  }

  get limitOpen(): boolean {
    return this.stuck ? this.#lift === 1 : this.position === 'open'
  }

  get limitClosed(): boolean {
    return this.stuck ? this.#lift === 0 : this.position === 'closed'
  }

  /** A drive contact closed. */
  drive(drive: Drive): void {
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
  openAlone(): void {
    this.#count('openedAlone')
    if (this.position !== 'open' && this.position !== 'opening') this.#move('open')
  }

  setLoops(arrive: boolean, under: boolean): void {
    const came = under && !this.loopUnder
    this.loopArrive = arrive
    this.loopUnder = under
    if (!under) cancel(this.#grace)
    if (came && this.position === 'closing') this.#watch()
  }

  /** The arm sticks where it is; the motor still takes commands and nothing comes of them. */
  jam(): void {
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
    const { openUs, closeUs } = this.#travel
    const passedUs = this.#agenda.nowUs - this.#sinceUs
    if (this.stuck) return this.#lift
    if (this.position === 'opening') return Math.min(1, this.#lift + passedUs / Math.max(1, openUs))
    if (this.position === 'closing')
      return Math.max(0, this.#lift - passedUs / Math.max(1, closeUs))
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
    const { openUs, closeUs } = this.#travel
    const restUs = drive === 'open' ? (1 - this.#lift) * openUs : this.#lift * closeUs
    this.#arrival = this.#agenda.plan(restUs, () => {
      this.#lift = drive === 'open' ? 1 : 0
      this.position = drive === 'open' ? 'open' : 'closed'
      this.#changed({ position: this.position })
    })
  }

  /** A car came under a closing arm: someone has to reopen it in time, even when it is down. */
  #watch(): void {
    cancel(this.#grace)
    this.#grace = this.#agenda.plan(this.#travel.reopenGraceUs, () =>
      this.#count('closesOnPresence'),
    )
  }
}
