// Drives cars through a simulated lot and checks the visible result; a boom passes one car after another.
// Faults and crashes are drawn from the seed; after each of them the simulation continues as a site would.
import { largeWaitMs } from '#lane/pure/exit-parts.ts'
import type { LaneStateName } from '#lane/pure/lane.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { InvariantId, Violation } from '#lane/pure/lot/invariants.ts'
import type { Pass } from '#ledger/pure/lot/lot-state.ts'
import { present } from '#base/pure/values/must.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import { drawOdd, namedEnds, playOdd, type OddName } from './odd-cars.ts'
import { PlateTruth } from './plate-truth.ts'
import type { RowTally } from './row-tally.ts'
import { SimAttendant } from './sim-attendant.ts'
import { isWhole, type CrashPlan } from './sim-crash.ts'
import type { SimCuts } from './sim-cuts.ts'
import { RoadAt } from './road-at.ts'
import { Roads, type Going } from './roads.ts'
import type { SimBooth } from './sim-booth.ts'
import type { FaultLevel } from './sim-faults.ts'
import type { SimLot } from './sim-lot.ts'
import { SimSite, type Crossing } from './sim-site.ts'
import { SimTrouble } from './sim-trouble.ts'
import type { VirtualTime } from './virtual-time.ts'
import { SitePlan } from './site-plan.ts'

const stepLimitUs = 120_000_000
const roundUs = 15_000_000
const roundsMax = 40
/** Without an attendant a driver waits for the network for up to an hour. */
const alonePatienceUs = 3_600_000_000
const leavesWithinUs = 60_000_000
const boomSettlesUs = 20_000
/** Longer than any network outage. */
const cutLimitUs = 1_800_000_000
/** Far longer than any queue at a boom. */
const queueLimitUs = 86_400_000_000

function lineOf(lines: Map<string, TrafficEvent[]>, name: string): TrafficEvent[] {
  const line = lines.get(name) ?? []
  lines.set(name, line)
  return line
}

export class SimDriver {
  private readonly lot: SimLot
  private readonly time: VirtualTime
  private readonly crash: CrashPlan
  private readonly draw: () => number
  private readonly level: FaultLevel
  private readonly startMs: InstantMs
  private left = new Set<string>()
  private readonly roads: Roads
  /** The car at each boom, by lane. */
  private readonly crossings = new Map<string, Crossing>()
  /** Cars queued at each boom, in order. */
  private readonly queues = new Map<string, TrafficEvent[]>()
  /** Unfinished crossings by car. */
  private readonly onRoad = new Map<string, TrafficEvent[]>()
  passages = 0
  /** Largest number of cars at lanes at the same time. */
  atOnce = 0
  readonly trouble: SimTrouble
  readonly truth = new PlateTruth()
  private readonly attendant: SimAttendant
  readonly odd: Partial<Record<OddName, number>> = {}
  private readonly cuts: SimCuts | null
  private readonly booth: SimBooth | null
  private readonly site: SimSite
  private readonly oddPermille: number
  private readonly drawOdd: () => number
  private readonly drawLane: () => number
  readonly seen: Violation[] = []

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
      plan?: SitePlan
      booth?: SimBooth | null
    },
  ) {
    this.lot = lot
    this.time = options.time
    this.crash = options.crash
    this.level = options.level
    this.startMs = options.startMs
    this.draw = seededRandom(options.seed ^ 0x5eed)
    this.trouble = new SimTrouble(lot, this.crash, this.level, this.draw)
    this.cuts = options.cuts ?? null
    this.booth = options.booth ?? null
    this.oddPermille = options.odd ?? 0
    this.drawOdd = seededRandom(options.seed ^ 0x0dd)
    this.roads = new Roads(options.time, (events) => this.act(events))
    this.drawLane = seededRandom(options.seed ^ 0x1a9e)
    this.site = new SimSite({
      lot,
      plan: options.plan ?? new SitePlan(null, options.seed),
      booth: this.booth,
      isUnattended: options.unattended ?? false,
      crossings: this.crossings,
      until: (done, limitUs) => this.until(done, limitUs),
      setOut: (going) => this.roads.setOut(going),
      act: (fn) => this.act(fn),
      note: (detail, id) => this.note(detail, id),
      roadOf: (laneId) => this.roadOf(laneId),
    })
    this.attendant = new SimAttendant(lot, this.truth, this.draw, () => options.time.nowUs)
    lot.onRows = (rows) => {
      for (const row of rows) {
        const at = this.crossings.get(lot.devices.boomOf(row.laneId ?? ''))
        if (at !== undefined) this.truth.took(row, at.event)
        this.site.mustBeItsCard(row, at)
      }
    }
    lot.onEvent = (event) => {
      if (event.type === 'carLeft') this.left.add(event.laneId)
      this.site.looksAt(event)
      if (event.type !== 'barrierCommanded') return
      const crossing = this.crossings.get(lot.devices.boomOf(event.laneId))
      if (crossing !== undefined) crossing.commanded = true
    }
  }

  /** Waits for a condition; false on time-out. */
  private until(done: () => boolean, limitUs = stepLimitUs): Going<boolean> {
    return this.roads.until(done, limitUs)
  }

  /** Restarts the runtime after a crash at any point. */
  private died(): void {
    for (const crossing of this.crossings.values()) crossing.restarted = true
    while (!isWhole(() => this.lot.crash()));
  }

  private stateOf(laneId: string): LaneStateName {
    return present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`).state.name
  }

  /** Runs an outside event; false where the runtime crashed at it and was started again. */
  private act(fn: () => void): boolean {
    if (isWhole(fn)) return true
    this.died()
    return false
  }

  /** Advances virtual time to the crossing; queue and sign-in run meanwhile, devices of empty lanes sleep. */
  private *goTo(atMs: InstantMs): Going {
    const { cuts, time, startMs } = this
    const goOn = (toMs: InstantMs): Going<boolean> =>
      this.until(() => false, Math.max(0, (toMs - startMs) * 1000 - time.nowUs))
    for (let dueMs = cuts?.nextMs(atMs); typeof dueMs === 'number'; dueMs = cuts?.nextMs(atMs)) {
      yield* goOn(dueMs)
      // Another car may have waited for the same cut.
      if (cuts?.nextMs(this.lot.business.nowMs()) !== dueMs) continue
      cuts.carryOut(
        this.crash,
        (isCut) => this.cutNetwork(isCut),
        () => this.died(),
      )
    }
    yield* goOn(atMs)
    this.site.endShifts()
  }

  /** Cuts or restores the network of the site: platform and gateway are unreachable together. */
  private cutNetwork(isCut: boolean): void {
    this.lot.networkCut = isCut
    const { payer } = this.lot.options
    if (payer !== undefined) payer.gateway.isCut = isCut
  }

  /** Starts the crossing at its time; `mustWait`: after the previous car has left its lane. */
  pass(event: TrafficEvent, mustWait = true): void {
    this.to(event.atMs)
    const crossing = this.crossing(event)
    if (mustWait) this.roads.finish(crossing)
    else this.roads.setOut(crossing)
  }

  /** The cars under way go on until then. */
  to(atMs: InstantMs): void {
    this.roads.finish(this.goTo(atMs))
  }

  /** Picks a lane of its direction. */
  private laneFor({ kind }: TrafficEvent): string {
    const ids = this.lot.options.config.lanes.filter((l) => l.direction === kind).map((l) => l.id)
    const n = ids.length === 1 ? 0 : Math.floor(this.drawLane() * ids.length)
    return present(ids[n], `a lane of ${kind}`)
  }

  /** Queues behind earlier cars at that boom; an exit waits until the car is inside. */
  private *crossing(event: TrafficEvent): Going {
    const laneId = this.laneFor(event)
    const boom = this.lot.devices.boomOf(laneId)
    const lines = [lineOf(this.queues, boom), lineOf(this.onRoad, event.carId)]
    for (const line of lines) line.push(event)
    const isNext = (): boolean => lines.every((line) => line[0] === event)
    if (!isNext()) yield* this.site.meets(laneId, lines[0] ?? [], event)
    if (!isNext()) yield* this.until(isNext, queueLimitUs)
    const crossing = {
      laneId,
      event,
      commanded: false,
      restarted: false,
      odd: drawOdd(this.drawOdd, this.oddPermille),
      isFaced: false,
      isDriving: false,
      cut: null,
      isCutOff: false,
    }
    this.site.hasRoad(crossing)
    this.crossings.set(boom, crossing)
    this.truth.crosses(event)
    this.atOnce = Math.max(this.atOnce, this.crossings.size)
    yield* this.cross(crossing)
    this.crossings.delete(boom)
    for (const line of lines) line.shift()
    if (lines[1]?.length === 0) this.onRoad.delete(event.carId)
  }

  private *cross(crossing: Crossing): Going {
    const { laneId, event } = crossing
    this.time.wake()
    this.trouble.plan(crossing, this.time.nowUs)
    this.left.delete(laneId)
    const road = this.roadOf(laneId)
    const antennas = this.site.antennasOf(laneId)
    road.hears(event.car, antennas, true)
    // An odd event beside the crossing ends only at a lane that sees it.
    if (this.site.comes(crossing)) crossing.odd = null
    const { odd } = crossing
    if (odd !== null) this.odd[odd] = (this.odd[odd] ?? 0) + 1
    if (this.site.isCut(laneId)) this.site.comesInCut()
    else {
      const ready = (): boolean => this.stateOf(laneId) === 'idle' && this.laneReady(laneId)
      const isReady = yield* this.until(() => ready() || crossing.isCutOff, stepLimitUs)
      if (!isReady) this.note(`lane ${laneId} was not ready for ${event.carId}`)
      if (yield* playOdd(odd, 'before', road, event)) yield* this.emptied(laneId, odd)
    }
    // An earlier event may have had its own pass.
    crossing.commanded = false
    this.left.delete(laneId)
    this.act(() => this.lot.devices.setLoops(laneId, true, false))
    this.site.isRead(crossing)
    yield* this.waitForOpen(crossing)
    yield* this.driveOut(crossing, () => playOdd(odd, 'under', road, event))
    if (yield* playOdd(odd, 'after', road, event)) yield* this.emptied(laneId, odd)
    if (odd === 'neighbour' || odd === 'twoInZone') road.otherObu(event.car, false)
    road.hears(event.car, antennas, false)
    this.site.passed(laneId)
    // A planned power cut that has not occurred yet takes place now.
    if (this.trouble.over(crossing) && this.cuts !== null) this.died()
    this.time.sleep()
    this.passages++
  }

  private laneReady(laneId: string): boolean {
    const host = present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`)
    const { state, devices } = host
    return state.arrive === 'off' && (devices.rsu === null || state.rsuUp || this.level === 'all')
  }

  /** Waits at the boom; the attendant helps where the lane asks, and the camera reads again. */
  private *waitForOpen(crossing: Crossing): Going {
    const { laneId, event } = crossing
    const untilUs = this.time.nowUs + alonePatienceUs
    for (let rounds = 0; rounds < roundsMax || this.site.isAlone; rounds++) {
      if (this.site.isAlone && this.time.nowUs > untilUs) break
      if (this.site.isCut(laneId)) rounds = 0
      const done = yield* this.until(
        () => this.boomIsOpenFor(crossing) || this.needsHelp(laneId) || crossing.restarted,
        roundUs,
      )
      if (this.boomIsOpenFor(crossing)) {
        // A driver waits until the boom stands still: a falling boom is raised again first.
        yield* this.until(() => crossing.restarted, boomSettlesUs)
        if (this.boomIsOpenFor(crossing)) return
      }
      if (crossing.restarted) {
        crossing.restarted = false
        yield* this.until(() => this.stateOf(laneId) !== 'idle', 3_000_000)
        if (['idle', 'reading', 'manual'].includes(this.stateOf(laneId)))
          this.act(() => this.lot.see(laneId, { plate: event.car.plate, colour: event.car.colour }))
        continue
      }
      if (done && this.needsHelp(laneId)) yield* this.help(crossing)
      if (this.site.isAlone && this.needsHelp(laneId)) yield* this.waitAlone(crossing)
    }
    this.note(`${event.carId} stands before lane ${laneId} in ${this.stateOf(laneId)}`)
  }

  /** Waits without an attendant: a driver whose plate was not read moves forward, the others wait for the network. */
  private *waitAlone(crossing: Crossing): Going {
    const { laneId, event } = crossing
    const { car } = event
    const state = present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`).state
    if (state.car?.plate === null)
      this.act(() => this.lot.see(laneId, { plate: car.plate, colour: car.colour }))
    const comes = (): boolean => crossing.restarted || !this.needsHelp(laneId)
    const backMs = this.lot.networkCut ? (this.cuts?.nextMs(Infinity) ?? null) : null
    if (backMs !== null) {
      // Without network no payment is possible: the devices need not be polled meanwhile.
      this.time.sleep()
      yield* this.goTo(backMs)
      this.time.wake()
    }
    const { largeByCode = false } = this.lot.options.config
    const waitMs = largeWaitMs(state, { nowMs: this.lot.business.nowMs(), largeByCode }) ?? 0
    if (waitMs > 0 && waitMs < Infinity) {
      // The same while waiting for a person.
      this.time.sleep()
      yield* this.until(comes, waitMs * 1000)
      this.time.wake()
    }
    yield* this.until(comes, roundUs)
  }

  private boomIsOpenFor({ laneId, commanded }: Crossing): boolean {
    const host = this.lot.runtime.lanes.get(laneId)
    return commanded && host?.state.name === 'opening' && this.lot.devices.isBoomOpen(laneId)
  }

  private needsHelp(laneId: string): boolean {
    const name = this.stateOf(laneId)
    return name === 'manual' || name === 'asking'
  }

  private *help(crossing: Crossing): Going {
    const { laneId } = crossing
    const { payer } = this.lot.options
    const until = (ok: () => boolean, us: number): Going<boolean> =>
      this.until(() => ok() || crossing.restarted, us)
    const hasGiven = this.booth?.hasCashOf(crossing) === true
    if (payer !== undefined && !hasGiven)
      yield* payer.pays(this.lot, laneId, until, (fn) => this.act(fn), this.site.isAlone)
    if (!this.needsHelp(laneId) || this.site.isAlone) return
    this.act(() => {
      const counter = this.booth === null ? null : { of: crossing, booth: this.booth }
      if (this.attendant.helps(laneId, crossing.event, counter)) payer?.tookOtherwise(laneId)
    })
  }

  private *driveOut(crossing: Crossing, meanwhile: () => Going<boolean>): Going {
    const { laneId, event } = crossing
    const host = () => present(this.lot.runtime.lanes.get(laneId), `lane ${laneId}`).state
    const pass = this.mustHavePass(laneId)
    yield* this.site.drives(crossing, pass)
    this.act(() => this.lot.devices.setLoops(laneId, false, true))
    yield* this.until(() => host().under === 'on', 5_000_000)
    yield* meanwhile()
    yield* this.roadOf(laneId).crossOut(this.passages % 2 === 0)
    const isGone = (): boolean =>
      this.left.has(laneId) ||
      (host().name === 'idle' && host().arrive === 'off' && crossing.restarted)
    const isSeen = yield* this.until(() => isGone() || this.site.isCut(laneId), leavesWithinUs)
    const isInCut = isSeen && !isGone()
    if (!(isInCut ? yield* this.until(isGone, cutLimitUs) : isSeen))
      this.note(`${event.carId} left lane ${laneId} unseen, state ${host().name}`)
    if (isInCut && pass !== undefined) this.site.leftInCut(crossing, pass)
  }

  /** The boom is up: the ledger must contain a durable pass at this moment (M2). */
  private mustHavePass(laneId: string): Pass | undefined {
    const pass = this.lot.runtime.lot.passByLane.get(laneId)
    if (pass === undefined) this.note(`the boom of ${laneId} opened without a durable pass`, 'M2')
    return pass
  }

  private roadOf(laneId: string): RoadAt {
    return new RoadAt({
      lot: this.lot,
      laneId,
      until: (done, limitUs) => this.until(done, limitUs),
      act: (fn) => this.act(fn),
      note: (detail) => this.note(detail),
    })
  }

  /** Checks that the lane is empty again after the odd event. */
  private *emptied(laneId: string, odd: OddName | null): Going {
    const isEmpty = (): boolean => this.stateOf(laneId) === 'idle' && this.laneReady(laneId)
    if (yield* this.until(isEmpty, 60_000_000)) return
    this.note(`${odd}: lane ${laneId} has no end for it, state ${this.stateOf(laneId)}`)
  }

  /** Reports stays without a car and cars without a stay as violations. */
  compareEntries(cars: number, { endedByNoLane, ends }: RowTally): void {
    // A car that was admitted and went back has its stay ended without a lane.
    const entries = this.lot.runtime.lot.entries - endedByNoLane
    if (entries !== cars) this.note(`${cars} cars came in, and the ledger has ${entries} stays`)
    for (const name of ['tailgate', 'reverse'] as const) {
      const played = this.odd[name] ?? 0
      const ended = namedEnds[name].reduce((sum, end) => sum + (ends[end] ?? 0), 0)
      if (played !== ended) this.note(`${name}: ${played} played, ${ended} have their end`)
    }
  }

  private note(detail: string, id: InvariantId = 'M9'): void {
    const atIso = isoOf(this.startMs + Math.floor(this.time.nowUs / 1000))
    this.seen.push({ id, atIso, stayId: null, detail })
  }

  /** Removes all faults and lets the queue drain (M9). */
  settle(): void {
    this.roads.finishAll()
    this.roads.finish(this.settling())
    this.site.endShifts(true)
    for (const wrong of this.lot.options.payer?.judge(this.lot.opened.ledger.rows(0)) ?? [])
      this.note(wrong)
  }

  private *settling(): Going {
    this.cutNetwork(false)
    this.trouble.heal()
    const { payer } = this.lot.options
    payer?.heal()
    this.time.wake()
    // Wait for the PSAM sign-in, which a lot without an antenna does not have.
    const signsIn = this.lot.options.config.lanes.some(({ rsu }) => rsu !== null)
    const quiet = (): boolean =>
      this.lot.runtime.queue.records.size === 0 &&
      (!signsIn || this.lot.runtime.lot.signInUntilMs !== null)
    for (let hours = 0; hours < 48 && !quiet(); hours++) {
      this.act(() => this.lot.runtime.retryNow())
      yield* this.until(quiet, 60_000_000)
    }
    this.time.sleep()
    // Two hours of late queries, so that late payments are refunded.
    if (payer !== undefined) yield* this.until(() => false, 7_200_000_000)
  }
}
