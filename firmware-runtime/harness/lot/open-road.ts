// The street of a simulated open lot: cars that take spaces, the devices that watch and read them, the road under the
// gantry, further events, and facts that no ledger row may contradict.
import { openOf } from '#lane/pure/layouts/index.ts'
import type { OpenLayout } from '#lane/pure/layouts/layout.ts'
import { pileLaneId } from '#base/pure/lot/streets.ts'
import { type InvariantId, type Violation } from '#lane/pure/lot/invariants.ts'
import type { SpacePlate } from '#lane/pure/open/space-watch.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { carMaker, trafficMixes, type TrafficCar } from '#simulators/traffic/cars.ts'
import { streamSeed, type InsideCar, type TrafficEvent } from '#simulators/traffic/traffic.ts'
import { isWhole, type CrashPlan } from './sim-crash.ts'
import { SimCuts } from './sim-cuts.ts'
import type { SimLot } from './sim-lot.ts'
import { type SimRun } from './sim-run.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Interval of camera reports per space; a camera also reports an arrival. */
const lookMs = 300_000
/** From a space to the gantry. */
const [roadMsMin, roadMsMax] = [8_000, 90_000]
/** Under the gantry at 40 km/h. */
const zoneMs = 1_200
/** Cars on the road that never parked, for each that did. */
const passersBy = 2
export const watcherId = 'watch'
/** A pile reads the car that came within half a minute; a person comes by later. */
const pileStaysMs = 40_000
const [roundMsMin, roundMsMax] = [60_000, 900_000]

interface Parked {
  readonly carId: string
  readonly car: TrafficCar
  readonly spaceId: string
}

export const spaceIdOf = (n: number): string => `P${String(n).padStart(3, '0')}`

const farAway = { latMicrodeg: 22_900_000, lonMicrodeg: 108_300_000 }
export const roundsAt = { latMicrodeg: 22_800_000, lonMicrodeg: 108_300_000 }

interface RoadParts {
  readonly time: VirtualTime
  readonly crash: CrashPlan
  readonly startMs: number
}

export class OpenRoad {
  readonly seen: Violation[] = []
  readonly counts: Record<string, number> = {
    passersBy: 0,
    underGantry: 0,
    withoutSpace: 0,
    plateCorrected: 0,
    readAsAnother: 0,
    paidByOwn: 0,
    paidByOther: 0,
    records: 0,
    sensorFlips: 0,
    changedPlaces: 0,
    blindHours: 0,
    outsideFence: 0,
    neighbourHeard: 0,
  }
  readonly #lot: SimLot
  readonly #time: VirtualTime
  readonly #layout: OpenLayout | null
  readonly #odd: number
  readonly #blind = new Set<string>()
  readonly #crash: CrashPlan
  readonly #cuts: SimCuts | null
  readonly #startMs: number
  readonly #draw: () => number
  readonly #passing: ReturnType<typeof carMaker>
  readonly #free: string[]
  readonly #parked = new Map<string, Parked>()
  readonly #bySpace = new Map<string, Parked>()
  /** Plate of the OBU that must pay, by deduction. */
  readonly #plateOf = new Map<string, string | null>()
  /** Card of each deduction. */
  readonly #cardOf = new Map<string, string>()
  /** Car of each stay. */
  readonly #ownerOf = new Map<string, Parked>()
  entries = 0
  exits = 0

  constructor(lot: SimLot, run: SimRun, { time, crash, startMs }: RoadParts) {
    this.#lot = lot
    this.#time = time
    this.#crash = crash
    this.#layout = openOf(run.layout ?? '')
    this.#odd = run.odd ?? 0
    this.#startMs = startMs
    const { cuts, traffic, seed } = run
    this.#cuts = cuts === undefined ? null : new SimCuts(cuts, traffic.fromMs, traffic.toMs, seed)
    this.#draw = seededRandom(streamSeed(run.seed, 7))
    this.#passing = carMaker(trafficMixes.clean, streamSeed(run.seed, 8))
    const [source] = lot.options.config.spaces ?? []
    this.#free = Object.values(source?.spaces ?? {})
    lot.onRows = (rows) => {
      for (const row of rows) this.#looksAt(row)
    }
  }

  get #nowMs(): number {
    return this.#startMs + Math.floor(this.#time.nowUs / 1000)
  }

  note(detail: string, id: InvariantId = 'M1'): void {
    this.seen.push({ id, atIso: isoOf(this.#nowMs), stayId: null, detail })
  }

  /** A card pays for the stay of its own car, and for no other. */
  #looksAt(row: LedgerRow): void {
    if (row.kind === 'stayOpened' && row.body.spaceId !== undefined) {
      const parked = this.#bySpace.get(row.body.spaceId)
      if (parked === undefined) this.note(`${row.body.spaceId}: a stay, and nobody stands there`)
      else this.#ownerOf.set(row.stayId ?? '', parked)
    }
    if (row.kind === 'zeroRecord') {
      this.#count('records')
      const owner = this.#ownerOf.get(row.stayId ?? '')
      const { obuId } = row.body.obu
      if (owner?.car.obu?.obuId !== obuId)
        this.note(`${row.body.spaceId}: the OBU ${obuId} was taken for that of ${owner?.carId}`)
    }
    if (row.kind === 'event' && row.body.type === 'plateMatched') this.#count('plateCorrected')
    if (row.kind === 'payment') this.#isPaid(row)
    if (row.kind === 'intent') this.#plateOf.set(row.deductionId ?? '', row.body.plate)
    if (row.kind !== 'armed' && row.kind !== 'intent') return
    const { cardNo } = row.body
    if (cardNo !== null) this.#cardOf.set(row.deductionId ?? '', cardNo)
    const owner = this.#ownerOf.get(row.stayId ?? '')
    if (cardNo === null || owner?.car.obu?.cardNo === cardNo) return
    // The camera read exactly the plate of another car: no rule can detect it, and the run bounds the number of such cases.
    const read = this.#lot.runtime.lot.stays.get(row.stayId ?? '')?.plate
    if (
      owner !== undefined &&
      read !== owner.car.plate &&
      read === this.#plateOf.get(row.deductionId ?? '')
    ) {
      this.#count('readAsAnother')
      return
    }
    this.note(`the stay of ${owner?.carId ?? 'nobody'} was to be paid for by card ${cardNo}`)
  }

  /** Counts stays that the card of their own car paid, and those that another one did. */
  #isPaid(row: Extract<LedgerRow, { kind: 'payment' }>): void {
    const cardNo = this.#cardOf.get(row.deductionId ?? '')
    if (cardNo === undefined) return
    const owner = this.#ownerOf.get(row.stayId ?? '')
    this.#count(owner?.car.obu?.cardNo === cardNo ? 'paidByOwn' : 'paidByOther')
  }

  #count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1
  }

  /** Runs the world up to that time; power and network fail on the way. */
  to(atMs: number): void {
    const cuts = this.#cuts
    for (let dueMs = cuts?.nextMs(atMs); typeof dueMs === 'number'; dueMs = cuts?.nextMs(atMs)) {
      this.#runTo(dueMs)
      cuts?.carryOut(
        this.#crash,
        (isCut) => (this.#lot.networkCut = isCut),
        () => this.#powerOff(),
      )
    }
    this.#runTo(atMs)
  }

  #runTo(atMs: number): void {
    const untilUs = (atMs - this.#startMs) * 1000
    while (this.#time.nowUs < untilUs) this.#act(() => void this.#time.runTo(untilUs))
  }

  /** Something that the runtime may die of. */
  #act(fn: () => void): void {
    if (!isWhole(fn)) this.#powerOff()
  }

  /** The power is back at once; its antennas need a while. */
  #powerOff(): void {
    this.#crash.next = null
    this.#lot.crash()
    this.#time.wake()
    this.#time.clock.after(30_000, () => this.#time.sleep())
  }

  #told(spaceId: string, occupied: boolean, read: SpacePlate | null): void {
    if (this.#blind.has(spaceId)) return
    this.#act(() => void this.#lot.runtime.openSpaces?.told(spaceId, { occupied, read }))
  }

  /** Cars that stand there when it begins. */
  begin(inside: readonly InsideCar[]): void {
    for (const { carId, car, enteredAtMs } of inside) {
      const spaceId = this.#free.pop()
      if (spaceId === undefined) return
      const parked = { carId, car, spaceId }
      this.#parked.set(carId, parked)
      this.#bySpace.set(spaceId, parked)
      const { plate, colour } = car
      const body = { plate, colour, enteredAtMs, noEntry: false, photo: null, spaceId }
      const stayId = this.#lot.runtime.mint('S')
      const opened = {
        kind: 'stayOpened',
        atMs: enteredAtMs,
        laneId: watcherId,
        stayId,
        body,
      } as const
      this.#lot.runtime.append([opened])
      const read = this.#readOf({ car, cameraPlate: plate })
      this.#told(spaceId, true, read)
      this.#looks(parked, read)
    }
  }

  /** Sensors read no plate. */
  #readOf({ car, cameraPlate }: Pick<TrafficEvent, 'car' | 'cameraPlate'>): SpacePlate | null {
    if (cameraPlate === null || this.#layout?.watch === 'sensor') return null
    const { colour } = car
    return { plate: cameraPlate, plateRaw: cameraPlate, colour, confidence: 0.97, photo: null }
  }

  parks(event: TrafficEvent): void {
    const [spaceId] = this.#free.splice(Math.floor(this.#draw() * this.#free.length), 1)
    if (spaceId === undefined) {
      this.#count('withoutSpace')
      return
    }
    this.entries++
    const parked = { carId: event.carId, car: event.car, spaceId }
    this.#parked.set(event.carId, parked)
    this.#bySpace.set(spaceId, parked)
    const read = this.#readOf(event)
    this.#told(spaceId, true, read)
    this.#looks(parked, read)
    if (this.#layout?.record !== undefined) this.#isReadThere(parked)
    if (this.#draw() * 1000 < this.#odd) this.#happens(parked)
  }

  /** Further events in a street; none may detach a stay from its own car. */
  #happens(parked: Parked): void {
    const kinds = [
      () => this.#flips(parked),
      () => this.#goesBlind(parked),
      () => this.#changesPlaces(parked),
    ]
    kinds[Math.floor(this.#draw() * kinds.length)]?.()
  }

  /** Another car needs a moment to come into it. */
  #isFree(spaceId: string): void {
    this.#time.clock.after(15_000, () => void this.#free.push(spaceId))
  }

  /** The sensor reports free for some seconds, twice. */
  #flips({ spaceId, carId }: Parked): void {
    this.#count('sensorFlips')
    for (const atMs of [400_000, 415_000])
      for (const [afterMs, occupied] of [
        [atMs, false],
        [atMs + 6_000, true],
      ] as const)
        this.#time.clock.after(afterMs, () => {
          if (this.#bySpace.get(spaceId)?.carId === carId) this.#told(spaceId, occupied, null)
        })
  }

  /** The space is unwatched for an hour; a car that leaves meanwhile is charged for the observed time. */
  #goesBlind(parked: Parked): void {
    this.#count('blindHours')
    this.#blind.add(parked.spaceId)
    this.#time.clock.after(330_000, () =>
      this.#act(() => this.#lot.runtime.openSpaces?.unheard(parked.spaceId)),
    )
    this.#time.clock.after(3_930_000, () => {
      this.#blind.delete(parked.spaceId)
      this.#told(parked.spaceId, this.#bySpace.has(parked.spaceId), null)
    })
  }

  /** The car moves to a free space: two consecutive stays of one car. */
  #changesPlaces(parked: Parked): void {
    this.#time.clock.after(500_000, () => {
      const here = this.#bySpace.get(parked.spaceId) === parked
      const [toId] = this.#free.splice(0, here && this.#free.length > 1 ? 1 : 0)
      if (toId === undefined) return
      this.#count('changedPlaces')
      this.#bySpace.delete(parked.spaceId)
      this.#isFree(parked.spaceId)
      this.#told(parked.spaceId, false, null)
      const moved = { ...parked, spaceId: toId }
      this.#parked.set(parked.carId, moved)
      this.#bySpace.set(toId, moved)
      const read = this.#readOf({ car: parked.car, cameraPlate: parked.car.plate })
      this.#told(toId, true, read)
      this.#looks(moved, read)
      if (this.#layout?.record !== undefined) this.#isReadThere(moved)
    })
  }

  /** The OBU is in the zone of the pile; a handheld or a patrol car comes later. */
  #isReadThere(parked: Parked): void {
    const { spaceId } = parked
    const pileId = pileLaneId(spaceId)
    const isPile = this.#lot.runtime.lanes.has(pileId)
    const laneId = isPile ? pileId : 'rounds'
    const comesMs = isPile ? 10_000 : roundMsMin + Math.floor(this.#draw() * roundMsMax)
    const isHere = (): boolean => this.#bySpace.get(spaceId) === parked
    this.#time.clock.after(comesMs, () => {
      if (!isHere()) return
      this.#hears(laneId, parked.car, isPile ? pileStaysMs : 3_000)
      if (isPile) this.#isHeardNextDoor(parked)
      if (isPile) return
      const isOutside = this.#draw() * 1000 < this.#odd
      if (isOutside) this.#count('outsideFence')
      const at = isOutside ? farAway : roundsAt
      const deviceTimeMs = this.#nowMs
      this.#lot.places.get(laneId)?.report({ at, accuracyMm: 3_000, deviceTimeMs })
      const { plate, colour } = parked.car
      const seen = { plate, colour, by: 'rounds' }
      const event = { type: 'record', spaceId, seen } as const
      this.#act(() => this.#lot.runtime.dispatch(laneId, event))
    })
  }

  /** The camera comes round to its space again, as long as it stands there. */
  #looks(parked: Parked, read: SpacePlate | null): void {
    this.#time.clock.after(lookMs, () => {
      if (this.#bySpace.get(parked.spaceId) !== parked) return
      this.#told(parked.spaceId, true, read)
      this.#looks(parked, read)
    })
  }

  leaves(event: TrafficEvent): void {
    const parked = this.#parked.get(event.carId)
    if (parked === undefined) return
    this.exits++
    this.#parked.delete(event.carId)
    this.#bySpace.delete(parked.spaceId)
    this.#isFree(parked.spaceId)
    this.#told(parked.spaceId, false, null)
    const afterMs = roadMsMin + Math.floor(this.#draw() * (roadMsMax - roadMsMin))
    this.#time.clock.after(afterMs, () => this.#underGantry(parked.car))
    for (let i = 0; i < passersBy; i++)
      this.#time.clock.after(Math.floor(this.#draw() * 3_600_000), () => {
        this.#count('passersBy')
        this.#underGantry(this.#passing.next())
      })
  }

  /** The pile of the next space hears it as well, whether a car stands there or not. */
  #isHeardNextDoor({ spaceId, car }: Parked): void {
    const next = spaceIdOf(Number(spaceId.slice(1)) + 1)
    if (!this.#bySpace.has(next)) return
    this.#count('neighbourHeard')
    this.#hears(pileLaneId(next), car, pileStaysMs)
  }

  /** Every car is in the zone for about a second. */
  #underGantry(car: TrafficCar): void {
    const { config } = this.#lot.options
    const gantry = config.lanes.find(({ place }) => place === undefined)
    if (gantry === undefined || car.obu === null) return
    this.#count('underGantry')
    this.#hears(gantry.id, car, zoneMs)
  }

  /** An antenna hears the car for so long; antennas sleep while no car is about. */
  #hears(laneId: string, { obu }: TrafficCar, zoneMs: number): void {
    const rsu = this.#lot.devices.rsus.get(laneId)
    if (rsu === undefined || obu === null) return
    this.#time.wake()
    const clock = this.#lot.options.time.deviceClock
    this.#act(() => rsu.out(rsu.model.addCar({ ...obu, stayMs: zoneMs }, clock.nowUs()).outputs))
    clock.after(zoneMs + 300, () => {
      rsu.out(rsu.model.removeCar(obu.obuId, clock.nowUs()).outputs)
      // A debit under way ends, and what it left is let go.
      clock.after(2_000, () => this.#time.sleep())
    })
  }

  /** The last cars drive home, and the queue empties. */
  settle(): void {
    const lot = this.#lot
    lot.networkCut = false
    this.to(this.#nowMs + 2 * 3_600_000)
    this.#time.wake()
    for (let hours = 0; hours < 48 && lot.runtime.queue.records.size > 0; hours++) {
      lot.runtime.retryNow()
      this.to(this.#nowMs + 60_000)
    }
    this.#time.sleep()
    const open = [...lot.runtime.lot.stays.values()].filter(({ leftAtMs }) => leftAtMs === null)
    if (open.length !== this.#parked.size)
      this.note(`${this.#parked.size} cars stand in spaces, and the lot has ${open.length}`, 'M9')
  }

  get networkCuts(): number {
    return this.#cuts?.networkCuts ?? 0
  }

  /**
   * Matching of OBUs to stays, in permille: of the paid stays those that their own car paid, and of the cars that could pay
   * those that did.
   */
  matching(): { readonly precisionPermille: number; readonly recallPermille: number } {
    const { paidByOwn: own = 0, paidByOther: other = 0 } = this.counts
    const share = (of: number): number => (of === 0 ? 1000 : Math.floor((own * 1000) / of))
    return { precisionPermille: share(own + other), recallPermille: share(own + this.missed()) }
  }

  /** Cars that had left and were never charged, and could have been. */
  missed(): number {
    return [...this.#lot.runtime.lot.left.keys()].filter(
      (stayId) => this.#ownerOf.get(stayId)?.car.kind === 'good',
    ).length
  }
}
