// Replay of a street with a gantry over links (7.2.1, 7.2.4, 7.2.5): cars take spaces, their watcher reports, a patrol car
// reads them where the layout has one, and the gantry charges those that have left. Business time follows the trace.
import { TraceClock, systemMonoClock } from '#base/time/system-clocks.ts'
import { simulatedList } from '#ledger/pure/etc/status-list.ts'
import { replayTimes } from '#lane/pure/lane.ts'
import type { Violation } from '#lane/pure/lot/invariants.ts'
import { streetSpacesOf } from '#base/pure/lot/streets.ts'
import { standardSpaceTimes } from '#lane/pure/open/space-watch.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { must, present } from '#base/pure/values/must.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import type { TrafficCar } from '#simulators/traffic/cars.ts'
import { streamSeed, type TrafficEvent } from '#simulators/traffic/traffic.ts'
import { judgedReplay } from './judged-replay.ts'
import { MoneyWitness } from './money-witness.ts'
import { roundsAt } from './open-road.ts'
import { blacklistOf, devicesUp, drained, fundAccounts, outsideRecords } from './replay-links.ts'
import type { ProcessNote, ReplayChoice } from './replay-result.ts'
import { patrolLane, replayStreetSims } from './replay-street-sims.ts'
import { gantryLane, type StreetSims } from './street-sims.ts'

/** Real time that a device may take on a busy machine. */
const withinMs = 60_000
/** A car that cannot pay has passed the zone of the gantry by then. */
const passedMs = 700
/** How often the person of a patrol car tries to read a car. */
const readTries = 5

async function until(is: () => boolean, what: string, limitMs = withinMs): Promise<boolean> {
  const untilMs = Date.now() + limitMs
  while (!is()) {
    if (Date.now() >= untilMs) {
      must(limitMs < withinMs, `${what} within ${limitMs} ms`)
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return true
}

interface Parked {
  readonly car: TrafficCar
  readonly spaceId: string
  readonly stayId: string
}

type Entering = Pick<TrafficEvent, 'carId' | 'car' | 'cameraPlate'>

class LinkStreet {
  entries = 0
  exits = 0
  withoutSpace = 0
  unread = 0
  /** The car of each stay. */
  readonly ownerOf = new Map<string, TrafficCar>()
  private readonly parked = new Map<string, Parked>()
  private readonly free: string[]
  private readonly site: Site
  private readonly sims: StreetSims
  private readonly clock: TraceClock
  private readonly draw: () => number

  constructor(site: Site, sims: StreetSims, clock: TraceClock, seed: number) {
    this.site = site
    this.sims = sims
    this.clock = clock
    this.draw = seededRandom(streamSeed(seed, 7))
    this.free = streetSpacesOf(site.config).map(({ id }) => id)
  }

  private stayAt(spaceId: string): string | null {
    return this.site.runtime.lot.bySpace.get(spaceId) ?? null
  }

  /** The watcher reports, and reports again when its report has lasted long enough to count. */
  private async reports(spaceId: string, car: TrafficCar | null, plate: string | null) {
    const colour = car?.colour ?? 'unknown'
    const seen = car === null ? null : { plate, colour }
    await this.sims.report(spaceId, seen)
    const is = (): boolean =>
      this.site.spaces.spaces.get(spaceId)?.last?.occupied === (car !== null)
    await until(is, `a report of ${spaceId}`)
    const { arriveMs, leaveMs } = standardSpaceTimes
    this.clock.advance(car === null ? leaveMs : arriveMs)
    await this.sims.report(spaceId, seen)
    await until(
      () => (this.stayAt(spaceId) !== null) === (car !== null),
      `the stay of ${spaceId} ${car === null ? 'ended' : 'begun'}`,
    )
  }

  async parks({ carId, car, cameraPlate }: Entering): Promise<void> {
    const [spaceId] = this.free.splice(Math.floor(this.draw() * this.free.length), 1)
    if (spaceId === undefined) {
      this.withoutSpace++
      return
    }
    this.entries++
    await this.reports(spaceId, car, cameraPlate)
    const stayId = present(this.stayAt(spaceId), 'its stay began')
    this.ownerOf.set(stayId, car)
    const parked = { car, spaceId, stayId }
    this.parked.set(carId, parked)
    if (this.sims.lanes.has(patrolLane)) await this.patrolled(parked)
  }

  /** The patrol car comes by: its driver reads the plate, its antenna the OBU. */
  private async patrolled({ car, spaceId, stayId }: Parked): Promise<void> {
    const host = present(this.site.runtime.lanes.get(patrolLane), 'the lot has a patrol car')
    const { rsu } = present(this.sims.lanes.get(patrolLane), 'it has an antenna')
    const deviceTimeMs = Date.now()
    host.devices.place?.report({ at: roundsAt, accuracyMm: 3_000, deviceTimeMs })
    if (car.obu !== null) await rsu.admin('POST', '/cars', { ...car.obu, stayMs: withinMs })
    const seen = { plate: car.plate, colour: car.colour, by: 'replay patrol' }
    const isRead = (): boolean => (this.site.runtime.lot.stays.get(stayId)?.record ?? null) !== null
    const isOver = (): boolean => isRead() || host.state.name === 'idle'
    // Its person tries again where a busy machine let the antenna answer too late.
    for (let tries = car.obu === null ? 1 : readTries; tries > 0 && !isRead(); tries--) {
      this.site.runtime.dispatch(patrolLane, { type: 'record', spaceId, seen })
      await until(isOver, 'a record')
    }
    if (car.obu !== null && !isRead()) this.unread++
    if (car.obu !== null) await rsu.admin('DELETE', `/cars/${car.obu.obuId}`)
    await until(() => host.state.name === 'idle', 'the patrol car goes on')
  }

  async leaves({ carId }: TrafficEvent): Promise<void> {
    const parked = this.parked.get(carId)
    if (parked === undefined) return
    const { car, spaceId, stayId } = parked
    this.exits++
    this.parked.delete(carId)
    await this.reports(spaceId, null, null)
    this.free.push(spaceId)
    await this.passesGantry(car, stayId)
  }

  /** Its order ends under the gantry, or it has passed. */
  private async passesGantry({ obu }: TrafficCar, stayId: string): Promise<void> {
    if (obu === null) return
    const { rsu } = present(this.sims.lanes.get(gantryLane), 'the gantry has an antenna')
    const host = present(this.site.runtime.lanes.get(gantryLane), 'the lot has a gantry')
    const { left } = this.site.runtime.lot
    if (!left.has(stayId)) return
    await rsu.admin('POST', '/cars', { ...obu, stayMs: withinMs })
    await until(() => !left.has(stayId), 'a payment', passedMs)
    await rsu.admin('DELETE', `/cars/${obu.obuId}`)
    await until(() => host.state.name === 'idle', 'the gantry is idle')
  }

  /** Cars that left, could have paid and did not. */
  missed(): number {
    const { left } = this.site.runtime.lot
    return [...left.keys()].filter((stayId) => this.ownerOf.get(stayId)?.kind === 'good').length
  }

  /** A card pays for the stay of its own car, except where the camera read exactly the plate of another one. */
  otherCards(): Violation[] {
    const { lot } = this.site.runtime
    return [...this.site.opened.ledger.rows(0)].flatMap((row) => {
      if (row.kind !== 'armed' && row.kind !== 'intent') return []
      const { cardNo } = row.body
      const owner = this.ownerOf.get(row.stayId ?? '')
      if (cardNo === null || owner?.obu?.cardNo === cardNo) return []
      const stay = lot.stays.get(row.stayId ?? '')
      if (owner !== undefined && stay !== undefined && stay.plate !== owner.plate) return []
      const detail = `${row.stayId ?? ''} was to be paid by card ${cardNo}`
      return [{ id: 'M1' as const, atIso: isoOf(row.atMs), stayId: row.stayId ?? null, detail }]
    })
  }
}

export async function replayStreet(choice: ReplayChoice, say: (text: string) => void) {
  const startedMs = Date.now()
  const sims = replayStreetSims(choice)
  try {
    await sims.start()
    writeLot(choice.dir, sims.lotFile(), null)
    const { config, tariff } = loadLot(choice.dir)
    const clock = new TraceClock(choice.traffic.fromMs)
    const witness = new MoneyWitness(() => clock.nowMs())
    const site = await openSite({
      dir: choice.dir,
      config,
      tariff,
      business: clock,
      mono: systemMonoClock(),
      timing: choice.timing,
      ...(choice.timing === 'instant' ? { times: choice.times ?? replayTimes } : {}),
      statusList: simulatedList(clock, blacklistOf(choice)),
      taps: witness,
      fatal: (fault) => {
        throw fault
      },
    })
    try {
      await sims.startPushing((id) => site.intake.url(id))
      await fundAccounts(choice, sims)
      await devicesUp(site)
      await until(() => site.spaces.view().sources.every(({ up }) => up), 'the watchers are up')
      const street = await driven(
        new LinkStreet(site, sims, clock, choice.seed),
        clock,
        choice,
        say,
      )
      return await judged({ choice, sims, site, clock, witness, street, startedMs })
    } finally {
      await site.stop()
    }
  } finally {
    await sims.stop()
  }
}

async function driven(
  street: LinkStreet,
  clock: TraceClock,
  { traffic }: ReplayChoice,
  say: (text: string) => void,
): Promise<LinkStreet> {
  let passages = 0
  for (const { carId, car } of traffic.insideStart)
    await street.parks({ carId, car, cameraPlate: car.plate })
  for (const event of traffic.events()) {
    // A report takes its time to count, so that the street may be behind the trace.
    clock.set(Math.max(clock.nowMs(), event.atMs))
    await (event.kind === 'entry' ? street.parks(event) : street.leaves(event))
    if (++passages % 100 === 0) say(`${isoOf(event.atMs)} ${passages} passages`)
  }
  return street
}

interface Driven {
  readonly choice: ReplayChoice
  readonly sims: StreetSims
  readonly site: Site
  readonly clock: TraceClock
  readonly witness: MoneyWitness
  readonly street: LinkStreet
  readonly startedMs: number
}

async function judged({ choice, sims, site, witness, street, startedMs }: Driven) {
  const pending = await drained(site)
  site.opened.headWriter.flush()
  const { outside, sums } = await outsideRecords(sims)
  const { entries, exits, withoutSpace, unread } = street
  const seen = [...witness.violations, ...street.otherCards()]
  return judgedReplay(
    { choice, site, outside, seen, startedMs },
    {
      entries,
      exits,
      exitsWithoutStay: 0,
      insideStart: 0,
      pending,
      platform: sums,
      processes: await notesOf(sims),
      site: { withoutSpace, unread, missed: street.missed() },
    },
  )
}

/** Counts of each simulator, read while they still run. */
async function notesOf(sims: StreetSims): Promise<ProcessNote[]> {
  const notes: ProcessNote[] = []
  for (const [name, sim] of sims.processes()) {
    const { link } = await sim.admin<{ link?: { bytesIn: number; bytesOut: number } }>(
      'GET',
      '/state',
    )
    const { bytesIn = 0, bytesOut = 0 } = link ?? {}
    notes.push({
      name,
      pid: sim.pid,
      link: sim.endpoints.link ?? sim.endpoints.baseUrl ?? '',
      bytesIn,
      bytesOut,
    })
  }
  return notes
}
