// The RSU as a pure model: bytes, cars and time in; bytes and store rows out.
// The caller owns the clock: it calls `advance` at `nextDueUs` and at any other time.
import { present } from '#base/pure/values/must.ts'
import { cancel, type Planned } from '../shell/agenda.ts'
import type { Timing } from '../shell/arguments.ts'
import { DeviceModel } from '../shell/device-model.ts'
import { createFaultEngine, type FaultAction } from '../shell/faults.ts'
import { setKnobs } from '../shell/knobs.ts'
import { seededRandom } from '../shell/random.ts'
import type { AirScene } from './air.ts'
import { CardServices } from './card-services.ts'
import { Cards, type CardRow } from './cards.ts'
import { carOf } from './cars.ts'
import type { DeviceView, Ef04Part, FrameName, PcCommand, PcFrame, RsuDialect } from './dialect.ts'
import { usualKnobs, type RsuKnobs } from './knobs.ts'
import { dialects } from './dialects.ts'
import { Dialogue, type DialogueHost } from './dialogue.ts'
import { Inlet } from './inlet.ts'
import { rereadMsMin, stepUs, type RsuStep } from './timing.ts'
import { Search } from './search.ts'
import { answerName, rsuFaultPlaces, usualRadio } from './model-types.ts'
import type { RsuModelOptions, RsuOutput } from './model-types.ts'
import { Transmitter } from './transmitter.ts'
import { Zone } from './zone.ts'

const bootMs = 1000
/** Byte 14 of a generic-bcc C0 is read as seconds up to this; above, it is a BST interval. */
const rereadMsMax = 10_000
/** BST interval of sources that state one: 10 ms (rsu-interface.md 3.4). */
const callMsMin = 10
const answeredMax = 1_000

/** A car of the neighbouring lane with plate and card: the antenna must not charge it. */
function carBeside(count: number) {
  const [hex, digits] = [count % 0x1_0000, count % 100_000]
  return {
    obuId: `02EE${hex.toString(16).padStart(4, '0')}`.toUpperCase(),
    plate: `测B${String(digits).padStart(5, '0')}`,
    cardNo: `370129000000${String(digits).padStart(8, '0')}`,
  }
}

export class RsuModel extends DeviceModel<RsuOutput> {
  readonly knobs: RsuKnobs
  readonly dialect: RsuDialect
  readonly #timing: Timing
  readonly #zone: Zone
  readonly #cards: Cards
  readonly #psamTerminals: readonly string[]
  readonly #tx: Transmitter
  readonly #host: DialogueHost
  readonly #counts = {
    secondC6: 0,
    strayC6: 0,
    strayC1: 0,
    refused: 0,
    unanswered: 0,
    unknownFrames: 0,
  }
  /** How often each OBU answered a call; only the latest OBUs are kept. */
  readonly #answered = new Map<string, number>()
  readonly #services: CardServices
  readonly #inlet: Inlet
  readonly #search: Search
  /** Set by the last initialise frame, also of an earlier host. */
  #radio: { readonly powerStep: number; readonly channel: number }
  #isEntry = false
  #ef04: Ef04Part | null = null
  #rereadMs = rereadMsMin
  #silenceMs = 0
  #psamSerial: number
  #dialogue: Dialogue | null = null
  #heartbeat: Planned | null = null
  #nextBeside: Planned | null = null
  #beside = 0

  constructor(options: RsuModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine({ places: rsuFaultPlaces }), bootMs)
    this.dialect = dialects[options.variant]
    this.#timing = options.timing
    this.#radio = options.radio ?? usualRadio
    // A random stream of its own, so that standing cars do not depend on driving ones.
    const air = seededRandom(options.seed + 1)
    this.#zone = new Zone(this.agenda, () => this.#radio.powerStep, air, options.seed)
    this.#psamTerminals = options.psamTerminals ?? ['370100000001', '370100000002']
    this.knobs = { ...usualKnobs, heartbeatMs: this.dialect.heartbeatMs, ...options.knobs }
    this.#cards = new Cards(options.rows ?? [], options.shelf)
    this.#psamSerial = this.#cards.psamSerialMax
    const { dialect, knobs, faults } = this
    const common = {
      dialect,
      knobs,
      faults,
      agenda: this.agenda,
      deviceFault: (action: FaultAction) => void this.apply(action),
    }
    this.#inlet = new Inlet({ ...common, received: (frame) => this.#received(frame) })
    this.#tx = new Transmitter({
      ...common,
      random: this.random,
      emit: (bytes, name) => this.#emit(bytes, name),
    })
    this.#search = new Search({
      dialect,
      agenda: this.agenda,
      zone: this.#zone,
      isBusy: () => this.#dialogue !== null,
      begin: (car) => {
        const { obuId } = car.obu
        this.#answered.set(obuId, (this.#answered.get(obuId) ?? 0) + 1)
        const [oldest = ''] = this.#answered.keys()
        if (this.#answered.size > answeredMax) this.#answered.delete(oldest)
        this.#dialogue = new Dialogue(this.#host, car)
      },
    })
    this.#services = new CardServices({
      dialect,
      knobs,
      cards: this.#cards,
      zone: this.#zone,
      psamTerminals: this.#psamTerminals,
      after: (step, run) => this.#afterStep(step, run),
      say: (name, data) => this.#say(name, data),
    })
    this.#host = this.#dialogueHost(common)
    this.planHeartbeat()
  }

  // In. Each call returns the RSU's output up to that time, in order.

  onBytes(bytes: Uint8Array, atUs: number): RsuOutput[] {
    this.agenda.runUntil(atUs)
    if (!this.isDeaf) {
      this.#inlet.push(bytes)
    }
    return this.advance(atUs)
  }

  /** The PC disconnected: a partial frame is discarded. */
  linkDown(): void {
    this.#inlet.fresh()
  }

  /** A car drives into the zone. Throws ARG-01 for a body that is not a car. */
  addCar(body: unknown, atUs: number): { obuId: string; outputs: RsuOutput[] } {
    const car = carOf(body)
    this.agenda.runUntil(atUs)
    const row = car.card ? this.#cards.setUp(car.card) : null
    if (row) this.#row(row)
    this.#zone.enter(car)
    this.#search.soon()
    return { obuId: car.obu.obuId, outputs: this.advance(atUs) }
  }

  /** Sets the mounting of the antenna and the traffic of the neighbouring lane. */
  setAir(body: unknown, atUs: number): AirScene {
    this.agenda.runUntil(atUs)
    setKnobs(this.#zone.scene, body)
    this.#planNeighbour()
    return this.#zone.scene
  }

  /** Cars of the neighbouring lane, one after another, each with its own OBU. */
  #planNeighbour(): void {
    cancel(this.#nextBeside)
    const { neighbourEveryMs } = this.#zone.scene
    if (neighbourEveryMs <= 0) return
    this.#nextBeside = this.agenda.plan(neighbourEveryMs * 1000, () => {
      this.#zone.enter(carOf({ ...carBeside(this.#beside++), passLane: 'neighbour', speedKmh: 10 }))
      this.#search.soon()
      this.#planNeighbour()
    })
  }

  /** The car leaves. `found` is false when it was not there. */
  removeCar(obuId: string, atUs: number): { found: boolean; outputs: RsuOutput[] } {
    this.agenda.runUntil(atUs)
    return { found: this.#zone.leave(obuId.toUpperCase()), outputs: this.advance(atUs) }
  }

  allCards(): ReturnType<Cards['all']> {
    return this.#cards.all()
  }

  cardStore(after: number, limit: number): ReturnType<Cards['page']> {
    return this.#cards.page(after, limit)
  }

  state(): Record<string, unknown> {
    const dialogue = this.#dialogue
    return {
      variant: this.dialect.variant,
      timing: this.#timing,
      booted: !this.isAway,
      initialised: this.#search.initialised,
      ...this.#radio,
      antennaOn: this.#search.antennaOn,
      silent: this.isSilent,
      cars: this.#zone.obuIds(),
      answered: Object.fromEntries(this.#answered),
      dialogue: dialogue ? { obuId: dialogue.car.obu.obuId, stage: dialogue.stage } : null,
      debits: this.#cards.debitCount,
      debitedFen: this.#cards.debitedFen,
      psamTerminals: this.#psamTerminals,
      psamSerial: this.#psamSerial,
      ...this.#counts,
      discardedBytes: this.#inlet.discarded,
      framesIn: this.#inlet.framesIn,
      framesOut: this.#tx.framesOut,
      knobs: this.knobs,
    }
  }

  /** Restarts the heartbeat, for example after its interval changed. 0 stops it. */
  planHeartbeat(): void {
    cancel(this.#heartbeat)
    if (this.knobs.heartbeatMs <= 0) return
    this.#heartbeat = this.agenda.plan(this.knobs.heartbeatMs * 1000, () => {
      // Between dialogues only: during one, a real device is busy on the air.
      if (!this.#dialogue) {
        this.#say('heartbeat', this.dialect.heartbeat(this.#device(), this.knobs))
      }
      this.planHeartbeat()
    })
  }

  // Out.

  #emit(bytes: Uint8Array, name: FrameName): void {
    if (this.isDeaf) return
    const afterRows = name === 'B5' || name === 'B8'
    this.out({ atUs: this.agenda.nowUs, do: 'send', bytes, name, afterRows })
  }

  #row(row: CardRow): void {
    this.out({ atUs: this.agenda.nowUs, do: 'row', row })
  }

  /** Sends a frame without an effect: its faults `before` and `after` mean the same. */
  #say(name: FrameName, data: Uint8Array, seq?: number): void {
    const fault = this.faults.decide(name, 'before') ?? this.faults.decide(name, 'after')
    this.#tx.send(name, data, fault, false, seq)
  }

  #device(): DeviceView {
    return {
      rsuId: this.knobs.rsuId,
      firmware: this.knobs.firmware,
      status: this.knobs.deviceStatus,
      psamTerminals: this.#psamTerminals,
      psamAuthorised: this.knobs.psamAuthorised,
      psamCountZero: this.knobs.psamCountZero,
      // Switched on before C0 it does not search: power and channel are not set.
      antennaOn: this.#search.antennaOn && this.#search.initialised,
      ...this.#radio,
    }
  }

  // Commands of the PC.

  #received(frame: PcFrame): void {
    const command = this.dialect.command(frame.data)
    if (!command) {
      this.#counts.unknownFrames++
      return
    }
    if (command.do !== 'ack') this.#tx.pcSpoke()
    this.#obey(command)
  }

  #obey(command: PcCommand): void {
    switch (command.do) {
      case 'ack':
        return
      case 'init':
        return this.#init(command)
      case 'psamStart':
        return this.#services.psamStart(command)
      case 'psamApply':
        return this.#services.psamApply(command)
      case 'antenna':
        return this.#antenna(command.on)
      case 'proof':
        return this.#services.proof(command)
      case 'fees':
        this.#services.takeFees(command)
        this.#dialogue?.feesTaken(command.obuId)
        return
      case 'continue':
      case 'stop':
      case 'debit':
        if (this.#dialogue?.car.obu.obuId === command.obuId) this.#dialogue.command(command)
        else if (command.do === 'debit') this.#counts.strayC6++
        else this.#search.strayWord()
    }
  }

  #init(command: Extract<PcCommand, { do: 'init' }>): void {
    const { rereadMs, callMs = 0, continuous, powerStep, channel } = command
    this.#isEntry = command.entry === true
    this.#ef04 = command.ef04 ?? null
    this.#zone.callUs = Math.max(callMsMin, callMs) * 1000
    const valid = rereadMs >= rereadMsMin && rereadMs <= rereadMsMax
    this.#rereadMs = valid ? rereadMs : rereadMsMin
    this.#silenceMs = continuous ? 0 : this.dialect.silenceMs
    this.#drop()
    this.#search.begin()
    this.#afterStep('init', () => {
      this.#radio = { powerStep, channel }
      this.#search.initialised = true
      this.#say('B0', this.dialect.b0(this.#device()))
      this.#search.soon()
    })
  }

  #antenna(on: boolean): void {
    this.#search.turn(on)
    // A running debit is completed: the transaction on the air does not depend on the switch.
    if (!on && this.#dialogue?.stage !== 'debiting') this.#drop()
    const answer = this.dialect.antennaAnswer(this.#device(), this.knobs)
    if (answer) this.#say(answerName(answer), answer)
  }

  // The device.

  #stepUs(step: RsuStep): number {
    return stepUs(this.#timing, step, this.random)
  }

  #afterStep(step: RsuStep, run: () => void): void {
    this.agenda.plan(this.#stepUs(step), () => {
      if (!this.isAway) run()
    })
  }

  #drop(): void {
    this.#dialogue?.abandon()
    this.#dialogue = null
  }

  protected override gone({ do: what, ms }: FaultAction): void {
    if (what !== 'reboot') return
    this.goAway(ms, () => {
      const { powerUpSeq } = this.dialect
      if (powerUpSeq !== undefined) this.#say('B0', this.dialect.b0(this.#device()), powerUpSeq)
    })
    this.#search.reset()
    this.mend()
    this.#drop()
    this.#services.reset()
    this.#zone.forget()
    this.#tx.reset()
    this.#inlet.fresh()
  }

  get #psamTerminal(): string {
    return present(this.#psamTerminals[0], 'an RSU has a PSAM')
  }

  #dialogueHost(
    common: Pick<DialogueHost, 'dialect' | 'knobs' | 'agenda' | 'faults' | 'deviceFault'>,
  ): DialogueHost {
    return {
      ...common,
      cards: this.#cards,
      counts: this.#counts,
      services: this.#services,
      psamTerminal: this.#psamTerminal,
      isEntry: () => this.#isEntry,
      ef04: () => this.#ef04,
      nextPsamSerial: () => ++this.#psamSerial,
      stepUs: (step) => this.#stepUs(step),
      inZone: (obuId) => this.#zone.hears(obuId),
      say: (name, data, fault) => this.#tx.send(name, data, fault, true),
      row: (row) => this.#row(row),
      keepSilent: (obuId) => this.#zone.keepSilent(obuId, this.#silenceMs * 1000),
      over: (dialogue) => {
        const { obuId } = dialogue.car.obu
        if (dialogue.brokeOff && this.#zone.passes(obuId)) this.#zone.callAgain(obuId)
        else this.#zone.rest(obuId, this.#rereadMs * 1000)
        this.#dialogue = null
        this.#search.soon()
      },
    }
  }
}

export { rsuFaultPlaces } from './model-types.ts'
export type { RsuModelOptions, RsuOutput } from './model-types.ts'

export const createRsuModel = (options: RsuModelOptions): RsuModel => new RsuModel(options)
