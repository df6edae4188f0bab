// Drives cars through a simulated lot, one passage after another, and judges what the world sees.
// Faults and crashes are drawn from the seed; after each of them the world goes on as a site would.
import type { LaneStateName } from '../../core/lane/lane.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { present } from '../../core/values/must.ts'
import { seededRandom } from '../../simulators/shell/random.ts'
import type { TrafficEvent } from '../../simulators/traffic/traffic.ts'
import { drawOdd, namedEnds, playOdd, type OddName, type OddRoad } from './odd-cars.ts'
import { attendantSettles } from './sim-attendant.ts'
import { CrashSignal, crashPoints, type CrashPlan } from './sim-crash.ts'
import type { SimCuts } from './sim-cuts.ts'
import { passageFaults, rates, type FaultLevel } from './sim-faults.ts'
import type { SimLot } from './sim-lot.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What is counted as somebody reads all rows. */
export interface RowTally {
  readonly kinds: Record<string, number>
  /** Events of rows by their type. */
  readonly ends: Record<string, number>
  endedByNoLane: number
}

interface Seen {
  readonly atIso: string
  readonly detail: string
}

const stepLimitUs = 120_000_000
const roundUs = 15_000_000
const roundsMax = 40
/** Nobody helps: a driver stands there until the network is back, for an hour. */
const alonePatienceUs = 3_600_000_000
const seenWithinUs = 2_000_000
const boomSettlesUs = 20_000
/** From the boom to the far trigger, and over it. */
const crossingUs = 400_000

export class SimDriver {
  private readonly lot: SimLot
  private readonly time: VirtualTime
  private readonly crash: CrashPlan
  private readonly draw: () => number
  private readonly level: FaultLevel
  private readonly startMs: InstantMs
  private acts = 0
  private left = new Set<string>()
  /** Lane whose barrier was commanded since the car came. */
  private commanded = false
  private outageEndsUs = 0
  passages = 0
  readonly faults: Record<string, number> = {}
  readonly odd: Partial<Record<OddName, number>> = {}
  private readonly cuts: SimCuts | null
  private readonly isUnattended: boolean
  private readonly oddPermille: number
  private readonly drawOdd: () => number
  readonly seen: Seen[] = []

  constructor(
    lot: SimLot,
    options: {
      time: VirtualTime
      crash: CrashPlan
      level: FaultLevel
      seed: number
      startMs: InstantMs
      odd?: number
      cuts?: SimCuts | null
      unattended?: boolean
    },
  ) {
    this.lot = lot
    this.time = options.time
    this.crash = options.crash
    this.level = options.level
    this.startMs = options.startMs
    this.draw = seededRandom(options.seed ^ 0x5eed)
    this.cuts = options.cuts ?? null
    this.isUnattended = options.unattended ?? false
    this.oddPermille = options.odd ?? 0
    this.drawOdd = seededRandom(options.seed ^ 0x0dd)
    lot.onEvent = (event) => {
      if (event.type === 'carLeft') this.left.add(event.laneId)
      if (event.type === 'barrierCommanded') this.commanded = true
    }
  }

  /** Runs until `done`, restarting the runtime wherever it dies. False when it never was. */
  private until(done: () => boolean, limitUs = stepLimitUs): boolean {
    const untilUs = this.time.nowUs + limitUs
    for (;;) {
      try {
        return this.time.runTo(untilUs, done)
      } catch (error) {
        this.died(error)
      }
    }
  }

  private restarted = false

  private died(error: unknown): void {
    if (!(error instanceof CrashSignal)) throw error
    this.restarted = true
    for (;;) {
      try {
        this.lot.crash()
        return
      } catch (again) {
        if (!(again instanceof CrashSignal)) throw again
      }
    }
  }

  private stateOf(laneId: string): LaneStateName {
    return present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`).state.name
  }

  /** Something the world does to the runtime, which may die of it. */
  private act(fn: () => void): void {
    try {
      fn()
    } catch (error) {
      this.died(error)
    }
  }

  /** Moves virtual time to the crossing; queue and sign-in go on meanwhile, devices sleep. */
  private goTo(atMs: InstantMs): void {
    const goOn = (toMs: InstantMs): void =>
      void this.until(() => false, Math.max(0, (toMs - this.startMs) * 1000 - this.time.nowUs))
    const { cuts } = this
    for (let dueMs = cuts?.nextMs(atMs); typeof dueMs === 'number'; dueMs = cuts?.nextMs(atMs)) {
      goOn(dueMs)
      cuts?.carryOut(
        this.crash,
        (isCut) => this.cutNetwork(isCut),
        () => this.died(new CrashSignal('CP12')),
      )
    }
    goOn(atMs)
  }

  /** The line of the site: platform and gateway are away together. */
  private cutNetwork(isCut: boolean): void {
    this.lot.networkCut = isCut
    const { payer } = this.lot.options
    if (payer !== undefined) payer.gateway.isCut = isCut
  }

  pass(event: TrafficEvent): void {
    this.goTo(event.atMs)
    this.time.wake()
    this.planFaults()
    const laneId = event.kind
    const { obu } = event.car
    this.commanded = false
    this.restarted = false
    this.left.delete(laneId)
    const isCharged = this.lot.charges(laneId)
    if (isCharged && obu !== null)
      this.act(() =>
        this.lot.rsu.out(
          this.lot.rsu.model.addCar({ ...obu, stayMs: 3_600_000 }, this.time.deviceClock.nowUs())
            .outputs,
        ),
      )
    const ready = this.until(() => this.stateOf(laneId) === 'idle' && this.laneReady(laneId))
    if (!ready) this.note(`lane ${laneId} was not ready for ${event.carId}`)
    const odd = drawOdd(this.drawOdd, this.oddPermille)
    const road = this.roadOf(laneId)
    if (odd !== null) this.odd[odd] = (this.odd[odd] ?? 0) + 1
    if (playOdd(odd, 'before', road, event)) this.emptied(laneId, odd)
    // What came before may have had a pass of its own.
    this.commanded = false
    this.left.delete(laneId)
    this.act(() => this.lot.setLoops(laneId, true, false))
    this.act(() => this.lot.see(laneId, { plate: event.cameraPlate, colour: event.car.colour }))
    this.waitForOpen(laneId, event)
    this.driveOut(laneId, event, () => playOdd(odd, 'under', road, event))
    if (playOdd(odd, 'after', road, event)) this.emptied(laneId, odd)
    if (odd === 'neighbour' || odd === 'twoInZone') road.otherObu(event.car, false)
    if (isCharged && obu !== null)
      this.lot.rsu.out(
        this.lot.rsu.model.removeCar(obu.obuId, this.time.deviceClock.nowUs()).outputs,
      )
    if (this.cuts !== null && this.crash.next !== null) this.died(new CrashSignal('CP12'))
    this.crash.next = null
    for (const engine of Object.values(this.lot.faults)) this.countHits(engine)
    this.time.sleep()
    this.passages++
  }

  private laneReady(laneId: string): boolean {
    const host = present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`)
    const { state, devices } = host
    return state.arrive === 'off' && (devices.rsu === null || state.rsuUp || this.level === 'all')
  }

  /** The car stands before the boom; people help where the lane asks, the camera looks again. */
  private waitForOpen(laneId: string, event: TrafficEvent): void {
    const untilUs = this.time.nowUs + alonePatienceUs
    for (let rounds = 0; rounds < roundsMax || this.isUnattended; rounds++) {
      if (this.isUnattended && this.time.nowUs > untilUs) break
      const done = this.until(
        () => this.boomIsOpenFor(laneId) || this.needsHelp(laneId) || this.restarted,
        roundUs,
      )
      if (this.boomIsOpenFor(laneId)) {
        // A driver waits until the boom stands still: one that was falling comes up again first.
        this.until(() => this.restarted, boomSettlesUs)
        if (this.boomIsOpenFor(laneId)) return
      }
      if (this.restarted) {
        this.restarted = false
        this.until(() => this.stateOf(laneId) !== 'idle', 3_000_000)
        if (['idle', 'reading', 'manual'].includes(this.stateOf(laneId)))
          this.act(() => this.lot.see(laneId, { plate: event.car.plate, colour: event.car.colour }))
        continue
      }
      if (done && this.needsHelp(laneId)) this.act(() => this.help(laneId))
      if (this.isUnattended && this.needsHelp(laneId)) this.waitAlone(laneId, event)
    }
    this.note(`${event.carId} stands before lane ${laneId} in ${this.stateOf(laneId)}`)
  }

  /** Nobody is there: a driver whose plate was not read moves up, the others wait for the network. */
  private waitAlone(laneId: string, { car }: TrafficEvent): void {
    const state = present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`).state
    if (state.car?.plate === null)
      this.act(() => this.lot.see(laneId, { plate: car.plate, colour: car.colour }))
    const comes = (): boolean => this.restarted || !this.needsHelp(laneId)
    const backMs = this.lot.networkCut ? (this.cuts?.nextMs(Infinity) ?? null) : null
    if (backMs !== null) {
      // Without network nothing pays: the devices need not be asked meanwhile.
      this.time.sleep()
      this.goTo(backMs)
      this.time.wake()
    }
    this.until(comes, roundUs)
  }

  private boomIsOpenFor(laneId: string): boolean {
    const host = this.lot.runtime.lanes.get(laneId)
    return this.commanded && host?.state.name === 'opening' && this.lot.boomOpen(laneId)
  }

  private needsHelp(laneId: string): boolean {
    const name = this.stateOf(laneId)
    return name === 'manual' || name === 'asking'
  }

  private help(laneId: string): void {
    const { payer } = this.lot.options
    const until = (ok: () => boolean, us: number) => this.until(() => ok() || this.restarted, us)
    payer?.pays(this.lot, laneId, until)
    if (!this.needsHelp(laneId) || this.isUnattended) return
    const state = this.stateOf(laneId)
    const means = state === 'asking' && this.draw() < 0.7 ? 'later' : 'cash'
    const dueFen = this.lot.runtime.lanes.get(laneId)?.state.car?.dueFen ?? 0
    const event = attendantSettles(means, dueFen, `sim-${laneId}-${++this.acts}-${this.time.nowUs}`)
    this.lot.runtime.dispatch(laneId, event)
    payer?.tookOtherwise()
  }

  private driveOut(laneId: string, event: TrafficEvent, meanwhile: () => void): void {
    const host = () => present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`).state
    this.mustHavePass(laneId)
    this.act(() => this.lot.setLoops(laneId, false, true))
    this.until(() => host().under === 'on', 5_000_000)
    meanwhile()
    this.crossOut(laneId)
    const gone = this.until(
      () =>
        this.left.has(laneId) ||
        (host().name === 'idle' && host().arrive === 'off' && this.restarted),
      60_000_000,
    )
    if (!gone) this.note(`${event.carId} left lane ${laneId} unseen, state ${host().name}`)
  }

  /** Off the loop under the boom, and in a reused lane over the trigger of those who come the other way. */
  private crossOut(laneId: string): void {
    const far = (on: boolean): void => {
      this.act(() => this.lot.setFarTrigger(laneId, on))
      const state = on ? 'on' : 'off'
      this.until(() => this.lot.farTrigger(laneId) === state, crossingUs)
    }
    const isReused = this.lot.isReused(laneId)
    // A long car stands on both, a short one on none for a moment.
    const isLong = this.passages % 2 === 0
    if (isReused && isLong) far(true)
    this.act(() => this.lot.setLoops(laneId, false, false))
    if (!isReused) return
    this.until(() => false, crossingUs)
    if (!isLong) far(true)
    far(false)
  }

  /** The boom is up: a durable pass must stand in the ledger at this moment (M2). */
  private mustHavePass(laneId: string): void {
    const pass = this.lot.runtime.lot.passByLane.get(laneId)
    if (pass === undefined) this.note(`the boom of ${laneId} opened without a durable pass`)
  }

  private roadOf(laneId: string): OddRoad {
    const { lot } = this
    const state = () => present(lot.runtime.lanes.get(laneId), `lane ${laneId}`).state
    const word = (on: boolean): string => (on ? 'on' : 'off')
    return {
      loops: (arrive, under) => {
        this.act(() => lot.setLoops(laneId, arrive, under))
        this.until(
          () => state().arrive === word(arrive) && state().under === word(under),
          seenWithinUs,
        )
      },
      sees: (plate) => this.act(() => lot.see(laneId, { plate, colour: 'blue' })),
      otherObu: (car, there) => this.otherObu(laneId, car, there),
      waitMs: (ms) => void this.until(() => false, ms * 1000),
      untilState: (...names) => void this.until(() => names.includes(state().name), 15_000_000),
    }
  }

  /** Whoever came besides has gone: the lane is empty, and waits for nobody. */
  private emptied(laneId: string, odd: OddName | null): void {
    if (this.until(() => this.stateOf(laneId) === 'idle' && this.laneReady(laneId), 60_000_000))
      return
    this.note(`${odd}: lane ${laneId} has no end for it, state ${this.stateOf(laneId)}`)
  }

  /** Made of the car itself, so that it is the same one each time; its plate is nobody's. */
  private otherObu(laneId: string, { obu, plate }: TrafficEvent['car'], there: boolean): void {
    if (!this.lot.charges(laneId) || obu === null) return
    const obuId = `F${obu.obuId.slice(1)}`
    const cardNo = `${obu.cardNo.slice(0, 8)}9${obu.cardNo.slice(9)}`
    const { rsu } = this.lot
    const nowUs = this.time.deviceClock.nowUs()
    const other = { ...obu, obuId, cardNo, plate: `测Z${plate.slice(2)}`, stayMs: 3_600_000 }
    if (there) this.act(() => rsu.out(rsu.model.addCar(other, nowUs).outputs))
    else rsu.out(rsu.model.removeCar(obuId, nowUs).outputs)
    if (this.lot.runtime.lot.chargedAtMs.has(cardNo)) this.note(`${plate}: another car's card paid`)
  }

  /** A stay that no car made is a violation, and so is a car without one. */
  compareEntries(cars: number, { endedByNoLane, ends }: RowTally): void {
    // One that was let in and went back has its stay ended again, by no lane.
    const entries = this.lot.runtime.lot.entries - endedByNoLane
    if (entries !== cars) this.note(`${cars} cars came in, and the ledger has ${entries} stays`)
    for (const name of ['tailgate', 'reverse'] as const) {
      const played = this.odd[name] ?? 0
      const ended = namedEnds[name].reduce((sum, end) => sum + (ends[end] ?? 0), 0)
      if (played !== ended) this.note(`${name}: ${played} played, ${ended} have their end`)
    }
  }

  private note(detail: string): void {
    this.seen.push({ atIso: isoOf(this.startMs + Math.floor(this.time.nowUs / 1000)), detail })
  }

  private planFaults(): void {
    const rate = rates[this.level]
    if (rate.fault === 0) return
    if (this.time.nowUs > this.outageEndsUs) this.lot.networkCut = false
    if (this.draw() < rate.outage) {
      this.lot.networkCut = true
      this.outageEndsUs = this.time.nowUs + Math.floor(this.draw() * 3_600_000_000)
      this.count('network outage')
    }
    if (this.draw() < rate.fault) {
      const row = present(
        passageFaults[Math.floor(this.draw() * passageFaults.length)],
        'a fault is drawn from the table',
      )
      this.lot.faults[row.place].add({ skip: 0, times: 1, ...row.rule })
      this.pendingFault = row.name
    }
    if (this.draw() < rate.crash)
      this.crash.next = present(
        crashPoints[Math.floor(this.draw() * crashPoints.length)],
        'a crash point is drawn from the table',
      )
  }

  private pendingFault: string | null = null

  private countHits(engine: SimLot['faults']['rsu']): void {
    for (const report of engine.list()) {
      if (report.hits > 0 && this.pendingFault !== null) this.count(this.pendingFault)
    }
    engine.clear()
  }

  private count(name: string): void {
    this.faults[name] = (this.faults[name] ?? 0) + 1
  }

  /** Heals everything and lets the queue drain (M9). */
  settle(): void {
    this.cutNetwork(false)
    this.crash.next = null
    for (const engine of Object.values(this.lot.faults)) engine.clear()
    const { payer } = this.lot.options
    payer?.heal()
    this.time.wake()
    // PSAMs sign in: a lot without an antenna never does.
    const { lanes } = this.lot.options.config
    const signsIn = lanes.some(({ id }) => this.lot.charges(id))
    const quiet = (): boolean =>
      this.lot.runtime.queue.records.size === 0 &&
      (!signsIn || this.lot.runtime.lot.signInUntilMs !== null)
    for (let hours = 0; hours < 48 && !quiet(); hours++) {
      this.act(() => this.lot.runtime.retryNow())
      this.until(quiet, 60_000_000)
    }
    this.time.sleep()
    // Two hours of late queries: what came late has gone back.
    if (payer !== undefined) this.until(() => false, 7_200_000_000)
    for (const wrong of payer?.judge(this.lot.opened.ledger.rows(0)) ?? []) this.note(wrong)
  }
}
