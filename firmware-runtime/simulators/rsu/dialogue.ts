// One dialogue between PC, RSU and OBU, from B2 to the last C1 (rsu-interface.md 2.2, 2.3, 3.2).
// The card is debited once for every C6 that reaches it: a driver that repeats C6 is found out.
import { instantOf } from '../../core/values/instant.ts'
import { cancel } from '../shell/agenda.ts'
import type { Agenda, Planned } from '../shell/agenda.ts'
import type { FaultAction, FaultEngine } from '../shell/faults.ts'
import type { CardRow, Cards } from './cards.ts'
import type { Car } from './cars.ts'
import type { PcCommand, ResultView, RsuDialect, RsuKnobs } from './dialect.ts'
import { pcWindowMs } from './timing.ts'
import type { RsuStep } from './timing.ts'
import type { FrameName } from './transmitter.ts'

export interface DialogueCounts {
  /** A C6 after a C6 of the same dialogue: never right (rsu-interface.md 10.7). */
  secondC6: number
  /** A C6 outside a dialogue that waits for one: ignored by the RSU. */
  strayC6: number
  /** A C1 before B5 where C1 means that the transaction is complete: ignored. */
  strayC1: number
  refused: number
}

/** What a dialogue needs of the RSU around it. */
export interface DialogueHost {
  readonly dialect: RsuDialect
  readonly knobs: RsuKnobs
  readonly agenda: Agenda
  readonly faults: FaultEngine
  readonly cards: Cards
  readonly counts: DialogueCounts
  readonly psamTerminal: string
  nextPsamSerial(): number
  stepUs(step: RsuStep): number
  inZone(obuId: string): boolean
  say(name: FrameName, data: Uint8Array, fault: FaultAction | null): void
  row(row: CardRow): void
  deviceFault(action: FaultAction): void
  /** The OBU was told to the PC: some RSUs keep silent about it for a while. */
  reported(obuId: string): void
  /** The purse serial of the latest initialise of this OBU, for a C8 that names none. */
  asked(obuId: string, cardSerial: number): void
  over(dialogue: Dialogue): void
}

/** Our frame that the PC has to answer, or that the RSU is at work. */
export type Stage = 'working' | 'B2' | 'B3' | 'B4' | 'debiting' | 'B5'

type DebitCommand = Extract<PcCommand, { do: 'debit' }>

/** These keep the debit from happening when they strike before it. */
const stopsDebit = new Set(['drop', 'cut', 'silence', 'reboot', 'unplug'])

const unixOf = (t: string): number => {
  const n = (from: number, to: number): number => Number(t.slice(from, to))
  const timeMs = ((n(8, 10) * 60 + n(10, 12)) * 60 + n(12, 14)) * 1000
  return Math.floor(instantOf(n(0, 4), n(4, 6), n(6, 8), timeMs) / 1000)
}

export class Dialogue {
  readonly car: Car
  stage: Stage = 'working'
  readonly #host: DialogueHost
  #last: { name: FrameName; data: Uint8Array } | null = null
  #window: Planned | null = null
  #ended = false
  #lost = false

  constructor(host: DialogueHost, car: Car) {
    this.#host = host
    this.car = car
    this.#after('wakeUp', () => {
      // Out of the zone before the VST: the RSU has not even seen it.
      if (!this.#there()) this.#finish()
      else if (host.dialect.allInOne) this.#readAll()
      else this.#ask('B2', host.dialect.b2(car.obu, host.knobs))
    })
  }

  /** Ends without another word: the RSU lost power or was told to do something else. */
  abandon(): void {
    this.#ended = true
    cancel(this.#window)
  }

  /** A command for this OBU. */
  command(command: PcCommand): void {
    if (command.do === 'continue') this.#continue()
    else if (command.do === 'stop') this.#stop(command.resend)
    else if (command.do === 'debit') this.#debitAsked(command)
  }

  /** The OBU was not heard at one of the steps. */
  get brokeOff(): boolean {
    return this.#lost
  }

  #there(): boolean {
    const heard = this.#host.inZone(this.car.obu.obuId)
    if (!heard) this.#lost = true
    return heard
  }

  #finish(): void {
    if (this.#ended) return
    this.abandon()
    this.#host.over(this)
  }

  #after(step: RsuStep, run: () => void): void {
    this.#host.agenda.plan(this.#host.stepUs(step), () => {
      if (!this.#ended) run()
    })
  }

  /** Sends a frame and waits for the PC; silence of the PC sends the RSU back to searching. */
  #ask(name: FrameName & Stage, data: Uint8Array): void {
    const { faults } = this.#host
    this.#last = { name, data }
    this.stage = name
    this.#openWindow()
    this.#host.say(name, data, faults.decide(name, 'before') ?? faults.decide(name, 'after'))
  }

  #openWindow(): void {
    cancel(this.#window)
    this.#window = this.#host.agenda.plan(pcWindowMs * 1000, () => this.#finish())
  }

  /** Vehicle and card without a word of the PC; what cannot be read is not told. */
  #readAll(): void {
    this.#after('vehicle', () =>
      this.#after('cardReads', () => {
        if (!this.#there() || !this.#host.knobs.psamAuthorised) this.#finish()
        else this.#b4()
      }),
    )
  }

  #continue(): void {
    const { dialect, counts } = this.#host
    if (dialect.allInOne && this.stage !== 'B5') counts.strayC1++
    else if (this.stage === 'B2' && dialect.vehicleApart) this.#work('vehicle', () => this.#b3())
    else if (this.stage === 'B2')
      this.#work('vehicle', () => this.#after('cardReads', () => this.#b4()))
    else if (this.stage === 'B3') this.#work('cardReads', () => this.#b4())
    else if (this.stage === 'B4' || this.stage === 'B5') this.#finish()
  }

  #work(step: RsuStep, run: () => void): void {
    cancel(this.#window)
    this.stage = 'working'
    this.#after(step, run)
  }

  #b3(): void {
    const { dialect, knobs } = this.#host
    const { codes } = dialect
    const code = this.#there()
      ? knobs.psamAuthorised
        ? 0
        : codes.notDecrypted
      : codes.obuGoneAtVehicle
    this.#ask('B3', dialect.b3(this.car.obu, code))
  }

  #b4(): void {
    const { dialect, knobs, cards } = this.#host
    const { codes } = dialect
    const { obu, card } = this.car
    let code = 0
    if (!this.#there()) code = codes.obuGoneAtCard
    else if (!knobs.psamAuthorised) code = codes.notDecrypted
    else if (!card) code = codes.noCard
    const view = card
      ? cards.view(card.cardNo)
      : { cardType: 22, balanceFen: 0, chipId: '00000000', file0015: noFile, file0019: noFile }
    this.#ask('B4', dialect.b4(obu, view, code, knobs))
    if (!this.#lost) this.#host.reported(obu.obuId)
  }

  #stop(resend: boolean): void {
    if (resend && this.#last && (this.stage === 'B3' || this.stage === 'B4')) {
      this.#openWindow()
      this.#host.say(this.#last.name, this.#last.data, null)
    } else if (this.stage !== 'debiting') this.#finish()
  }

  #debitAsked(command: DebitCommand): void {
    const { counts, faults } = this.#host
    if (this.stage === 'debiting' || this.stage === 'B5') counts.secondC6++
    else if (this.stage !== 'B4') {
      counts.strayC6++
      return
    }
    cancel(this.#window)
    this.stage = 'debiting'
    const fault = faults.decide('B5', 'before')
    const delayUs = fault?.do === 'delay' ? fault.ms * 1000 : 0
    this.#host.agenda.plan(delayUs + this.#host.stepUs('debit'), () => {
      if (this.#ended) return
      if (fault && stopsDebit.has(fault.do)) this.#notDebited(fault)
      else this.#debit(command, fault?.do === 'delay' ? null : fault)
    })
  }

  /** The fault struck before the card: no money moves and no B5 comes. */
  #notDebited(fault: FaultAction): void {
    this.stage = 'B5'
    this.#openWindow()
    if (fault.do !== 'drop' && fault.do !== 'cut') this.#host.deviceFault(fault)
  }

  #debit(command: DebitCommand, fault: FaultAction | null): void {
    const result = this.#charge(command)
    if (result.code !== 0) this.#host.counts.refused++
    const after = fault ?? this.#host.faults.decide('B5', 'after')
    this.#after('release', () => {
      this.stage = 'B5'
      this.#openWindow()
      this.#host.say('B5', this.#host.dialect.b5(this.#told(result)), after)
    })
  }

  /** What B5 says of it: the truth, but for the quirks of the knobs. */
  #told(result: ResultView): ResultView {
    const { debitCode, clockSkewSec } = this.#host.knobs
    const writtenUnixSec = Math.max(0, result.writtenUnixSec + clockSkewSec)
    return { ...result, writtenUnixSec, code: result.code === 0 ? debitCode : result.code }
  }

  /** Initialise, PSAM MAC1, debit: refusals cost nothing, the PSAM counts from MAC1 on. */
  #charge(command: DebitCommand): ResultView {
    const host = this.#host
    const { codes } = host.dialect
    const { obu, card } = this.car
    const refused = (code: number): ResultView => ({ ...emptyResult, obuId: obu.obuId, code })
    if (!this.#there()) return refused(codes.obuGoneAtDebit)
    if (!card) return refused(codes.purseRefused)
    if (!command.purse) return refused(0)
    host.asked(obu.obuId, host.cards.nextSerial(card.cardNo))
    if (!host.cards.affords(card.cardNo, command.amountFen)) return refused(codes.purseRefused)
    const { amountFen, timeBcd, station } = command
    const psamTerminal = host.psamTerminal
    const psamSerial = host.nextPsamSerial()
    const { debit, row } = host.cards.debit(card.cardNo, {
      amountFen,
      timeBcd,
      psamTerminal,
      psamSerial,
      station,
    })
    host.row(row)
    return {
      obuId: obu.obuId,
      code: 0,
      psamTerminal,
      timeBcd,
      writtenUnixSec: unixOf(timeBcd),
      tac: debit.tac,
      cardSerial: debit.cardSerial,
      psamSerial,
      balanceFen: host.knobs.balanceUnreadable ? null : host.cards.view(card.cardNo).balanceFen,
    }
  }
}

const noFile = new Uint8Array(43)

const emptyResult = {
  psamTerminal: '000000000000',
  timeBcd: '00000000000000',
  writtenUnixSec: 0,
  tac: '00000000',
  cardSerial: 0,
  psamSerial: 0,
  balanceFen: 0,
} as const
