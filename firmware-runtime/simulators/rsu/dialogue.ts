// One dialogue between PC, RSU and OBU, from B2 to the last C1 (rsu-interface.md 2.2, 2.3, 3.2).
// The card is debited for every C6 that reaches it, so that a driver that repeats C6 is detected.
import { bcdDateTimeOf, instantOf } from '#base/pure/values/instant.ts'
import { cancel, type Agenda, type Planned } from '../shell/agenda.ts'
import type { FaultAction, FaultEngine } from '../shell/faults.ts'
import { nothingSaid, type CardServices } from './card-services.ts'
import type { CardDebit, CardRow, Cards, DebitRequest } from './cards.ts'
import type { Car } from './cars.ts'
import type { CardView, Ef04Part, FrameName, PcCommand, ResultView, RsuDialect } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'
import { pcWindowMs, type RsuStep } from './timing.ts'

interface DialogueCounts {
  /** A C6 after a C6 of the same dialogue: never right (rsu-interface.md 10.7). */
  secondC6: number
  /** A C6 outside a dialogue that waits for one: ignored by the RSU. */
  strayC6: number
  /** A C1 before B5 where C1 means that the transaction is complete: ignored. */
  strayC1: number
  refused: number
  /** B2, B3 or B4 of a present OBU without an answer of the PC within a second. */
  unanswered: number
}

/** Ports of a dialogue to its RSU. */
export interface DialogueHost {
  readonly dialect: RsuDialect
  readonly knobs: RsuKnobs
  readonly agenda: Agenda
  readonly faults: FaultEngine
  readonly cards: Cards
  readonly counts: DialogueCounts
  readonly services: CardServices
  readonly psamTerminal: string
  isEntry(): boolean
  /** The part of file EF04 for B4; null: none. */
  ef04(): Ef04Part | null
  nextPsamSerial(): number
  stepUs(step: RsuStep): number
  inZone(obuId: string): boolean
  say(name: FrameName, data: Uint8Array, fault: FaultAction | null): void
  row(row: CardRow): void
  deviceFault(action: FaultAction): void
  /** Some RSUs do not report an OBU for a while after a report or a payment. */
  keepSilent(obuId: string): void
  over(dialogue: Dialogue): void
}

/** The sent frame that awaits the PC's answer; `working` or `debiting` while the RSU is busy. */
type Stage = 'working' | 'B2' | 'B3' | 'B4' | 'debiting' | 'B5'

type DebitCommand = Extract<PcCommand, { do: 'debit' }>

/** Faults before the debit that prevent it. */
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
  #paid = false

  constructor(host: DialogueHost, car: Car) {
    this.#host = host
    this.car = car
    this.#after('wakeUp', () => {
      // It left the zone before the VST: the RSU has not seen it.
      if (!this.#there()) this.#finish()
      else if (host.dialect.allInOne) this.#readAll()
      else this.#ask('B2', host.dialect.b2(car.obu, host.knobs))
    })
  }

  /** Ends silently: the RSU lost power or got another command. */
  abandon(): void {
    this.#ended = true
    cancel(this.#window)
  }

  /** A command for this OBU. */
  command(command: PcCommand): void {
    if (command.do === 'continue') this.#continue()
    else if (command.do === 'stop') this.#stop(command.resend)
    else if (command.do === 'debit') this.#takeDebitRequest(command)
  }

  /** The OBU was not received at one of the steps. */
  get brokeOff(): boolean {
    return this.#lost
  }

  #there(): boolean {
    const isInZone = this.#host.inZone(this.car.obu.obuId)
    if (!isInZone) this.#lost = true
    return isInZone
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

  /** Sends a frame and waits for the PC; when the PC is silent, the RSU searches again. */
  #ask(name: FrameName & Stage, data: Uint8Array): void {
    const { faults } = this.#host
    this.#last = { name, data }
    this.stage = name
    this.#openWindow()
    this.#host.say(name, data, faults.decide(name, 'before') ?? faults.decide(name, 'after'))
  }

  #openWindow(): void {
    cancel(this.#window)
    this.#window = this.#host.agenda.plan(pcWindowMs * 1000, () => {
      const isInZone = this.#host.inZone(this.car.obu.obuId)
      if (isInZone && this.stage !== 'B5') this.#host.counts.unanswered++
      this.#finish()
    })
  }

  /** Reads vehicle and card without a command; unreadable parts are not reported. */
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
    else if (this.stage === 'B4' || this.stage === 'B5') this.#over()
  }

  /** C9 ends a transaction as C1 does. */
  feesTaken(obuId: string): void {
    if (this.stage === 'B5' && this.car.obu.obuId === obuId) this.#over()
  }

  #over(): void {
    if (this.#paid) this.#keepSilent('result')
    this.#finish()
  }

  #keepSilent(from: 'report' | 'result'): void {
    if ((this.#host.dialect.silentFrom ?? 'report') === from)
      this.#host.keepSilent(this.car.obu.obuId)
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
    const { dialect, knobs } = this.#host
    const { codes } = dialect
    const { obu, card } = this.car
    let code = 0
    if (!this.#there()) code = codes.obuGoneAtCard
    else if (!knobs.psamAuthorised) code = codes.notDecrypted
    else if (!card) code = codes.noCard
    this.#ask('B4', dialect.b4(obu, this.#cardView(), code, knobs))
    if (!this.#lost) this.#keepSilent('report')
  }

  #cardView(): CardView {
    const { cards, services } = this.#host
    const { card, obu } = this.car
    const view = card ? cards.view(card.cardNo) : noCard
    const part = this.#host.ef04()
    const ef04 = part && { offset: part.offset, bytes: services.readEf04(obu.obuId, part) }
    return { ...view, ef04 }
  }

  #stop(resend: boolean): void {
    if (resend && this.#last && (this.stage === 'B3' || this.stage === 'B4')) {
      this.#openWindow()
      this.#host.say(this.#last.name, this.#last.data, null)
    } else if (this.stage !== 'debiting') this.#finish()
  }

  #takeDebitRequest(command: DebitCommand): void {
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

  /** A fault before the card: no money moves and no B5 is sent. */
  #notDebited(fault: FaultAction): void {
    this.stage = 'B5'
    this.#openWindow()
    if (fault.do !== 'drop' && fault.do !== 'cut') this.#host.deviceFault(fault)
  }

  #debit(command: DebitCommand, fault: FaultAction | null): void {
    const result = this.#told(this.#charge(command))
    if (result.code !== 0) this.#host.counts.refused++
    const { dialect, services, isEntry } = this.#host
    services.last = result
    this.#paid = result.code === 0
    const after = fault ?? this.#host.faults.decide('B5', 'after')
    this.#after('release', () => {
      this.stage = 'B5'
      this.#openWindow()
      if (this.#paid && isEntry()) this.#keepSilent('result')
      this.#host.say('B5', dialect.b5(result), after)
    })
  }

  /** The result in B5: the true one, changed by the fault settings. */
  #told(result: ResultView): ResultView {
    const { knobs, dialect, services } = this.#host
    const writtenUnixSec = Math.max(0, result.writtenUnixSec + knobs.clockSkewSec)
    if (result.code !== 0 || knobs.debitCode === 0)
      return { ...result, writtenUnixSec, timeBcd: older(result.timeBcd, knobs.resultAgeSec) }
    // A missing answer of the card leaves the values of the one before.
    const { tac, balanceFen } = services.last
    const old = dialect.proofAsResult && noAnswer.has(knobs.debitCode) ? { tac, balanceFen } : {}
    return { ...result, ...old, writtenUnixSec, code: knobs.debitCode }
  }

  /** With one structure for all B5, an error leaves data of the former transaction in it. */
  #refused({ timeBcd }: DebitCommand, code: number): ResultView {
    const { dialect, services } = this.#host
    const { obuId } = this.car.obu
    if (!dialect.proofAsResult) return { ...nothingSaid, obuId, code }
    return { ...services.last, obuId, code, timeBcd, writtenUnixSec: unixOf(timeBcd) }
  }

  /** EF04 first at an entry, the purse first at an exit (2.5.5). */
  #charge(command: DebitCommand): ResultView {
    const { services, isEntry } = this.#host
    const { obuId } = this.car.obu
    const { ef04, onlyAt } = command
    if (onlyAt !== undefined && (onlyAt === 'entry') !== isEntry()) return this.#refused(command, 0)
    const written = (): number => (ef04 ? services.writeEf04(obuId, ef04) : 0)
    const early = isEntry() ? written() : 0
    if (early !== 0) return { ...this.#refused(command, early), ef04Failed: true }
    const result = command.purse ? this.#debitPurse(command) : this.#withoutPurse(command)
    const late = isEntry() || result.code !== 0 ? 0 : written()
    return late === 0 ? result : { ...result, code: late, ef04Failed: true }
  }

  #withoutPurse(command: DebitCommand): ResultView {
    if (!this.#there()) return this.#refused(command, this.#host.dialect.codes.obuGoneAtDebit)
    return { ...nothingSaid, obuId: this.car.obu.obuId }
  }

  #debitCard(cardNo: string, request: DebitRequest): CardDebit {
    const { debit, row } = this.#host.cards.debit(cardNo, request)
    this.#host.row(row)
    return debit
  }

  /** Initialise, PSAM MAC1, debit: refusals cost nothing; the PSAM counts from MAC1 on. */
  #debitPurse(command: DebitCommand): ResultView {
    const host = this.#host
    const { codes } = host.dialect
    const { obu, card } = this.car
    const refused = (code: number): ResultView => this.#refused(command, code)
    if (!this.#there()) return refused(codes.obuGoneAtDebit)
    if (!card) return refused(codes.purseRefused)
    host.services.asked(obu.obuId, host.cards.nextSerial(card.cardNo))
    if (host.knobs.refusalCode !== 0) return refused(host.knobs.refusalCode)
    const amountFen = host.knobs.debitsFen || command.amountFen
    if (!host.cards.affords(card.cardNo, amountFen)) return refused(codes.purseRefused)
    const { timeBcd, station } = command
    const psamTerminal = host.psamTerminal
    const psamSerial = host.nextPsamSerial()
    const request = { amountFen, timeBcd, psamTerminal, psamSerial, station }
    const debit = host.knobs.debitsNothing
      ? host.cards.pretend(card.cardNo, request)
      : this.#debitCard(card.cardNo, request)
    return {
      obuId: obu.obuId,
      code: 0,
      psamTerminal,
      timeBcd,
      writtenUnixSec: unixOf(timeBcd),
      tac: debit.tac,
      algorithm: card.algorithm ?? '3des',
      pieces: obu.pieces,
      cardSerial: debit.cardSerial,
      psamSerial,
      balanceFen: host.knobs.balanceUnreadable ? null : host.cards.view(card.cardNo).balanceFen,
    }
  }
}

/** A 14-digit time this many seconds earlier. */
const older = (timeBcd: string, seconds: number): string =>
  seconds === 0 ? timeBcd : bcdDateTimeOf((unixOf(timeBcd) - seconds) * 1000)

const noFile = new Uint8Array(43)
const noCard = {
  cardType: 22,
  balanceFen: 0,
  chipId: '00000000',
  file0015: noFile,
  file0019: noFile,
}
/** Codes of a debit whose answer was missing or invalid (2.5.5). */
const noAnswer = new Set([0x16, 0x17])
