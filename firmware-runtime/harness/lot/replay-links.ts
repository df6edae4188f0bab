// Replay over links: simulator processes, ptys and sockets, HTTPS; business time follows the trace.
// Transport and monotonic time stay real (design.md section 2).
import { TraceClock, systemMonoClock } from '#base/time/system-clocks.ts'
import { simulatedList } from '#ledger/pure/etc/status-list.ts'
import type { ReportedPsam } from '#base/pure/data/credentials.ts'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { recordOps, type RecordOp } from '#lane/pure/lot/invariant-cases.ts'
import type { OutsideRecords, Violation } from '#lane/pure/lot/invariants.ts'
import { replayTimes } from '#lane/pure/lane.ts'
import { mintId } from '#ledger/pure/lot/lot.ts'
import { laneOf } from '#lane/pure/layouts/index.ts'
import type { DestinationName, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { must, present } from '#base/pure/values/must.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { LotHarness } from './lot-harness.ts'
import { recordKinds } from './sim-outside.ts'
import { judgedReplay } from './judged-replay.ts'
import { MoneyWitness } from './money-witness.ts'
import type { SimProcess } from './sim-process.ts'
import type { DestinationSums, PlatformSums, ProcessNote, ReplayChoice } from './replay-result.ts'
import { cashPerson, TrafficDriver } from './traffic-driver.ts'

const drainWithinMs = 60_000

/** Cars that are inside when the trace begins: an inventory, entered before the first event. */
export const inventoryRows = (
  site: Pick<Site, 'runtime' | 'config'>,
  traffic: ReplayChoice['traffic'],
): RowDraft[] =>
  traffic.insideStart.map((inside) => ({
    kind: 'stayOpened',
    atMs: inside.enteredAtMs,
    laneId: 'entry',
    stayId: mintId(site.runtime.lot, site.config, 'S'),
    body: {
      plate: inside.car.plate,
      colour: inside.car.colour,
      enteredAtMs: inside.enteredAtMs,
      noEntry: false,
      photo: null,
    },
  }))

/** Poll interval, because a car waits three times for a poll of boom and loops. */
const barrierPollMs = 4

/** Entries and exits run side by side, each lane one car after another, in the order of the trace. */
/** Longest time of the trace in one passage: clocks of antenna and lane may differ by five minutes, and these are one. */
const passageMsMax = 240_000

async function drive(
  driver: TrafficDriver,
  clock: TraceClock,
  choice: ReplayChoice,
  say: (text: string) => void,
): Promise<{ entries: number; exits: number; exitsWithoutStay: number }> {
  const lanes = { entry: Promise.resolve(), exit: Promise.resolve() }
  const begunMs = { entry: 0, exit: 0 }
  const entered = new Map<string, Promise<void>>()
  const count = { entries: 0, exits: 0, exitsWithoutStay: 0 }
  const isOneRoad = laneOf(choice.layout, 'exit')?.sharesBarrier === true
  let passages = 0
  for (const event of choice.traffic.events()) {
    // Where both directions have one road, one car is on it.
    const other = event.kind === 'entry' ? 'exit' : 'entry'
    await lanes[event.kind]
    // One road has one car; and no car stands in a lane while the clock goes on for minutes.
    if (isOneRoad || event.atMs - begunMs[other] > passageMsMax) await lanes[other]
    if (event.kind === 'exit') await entered.get(event.carId)
    clock.set(event.atMs)
    const passing = driver.pass(event)
    lanes[event.kind] = passing
    begunMs[event.kind] = event.atMs
    if (event.kind === 'entry') entered.set(event.carId, passing)
    if (event.kind === 'entry') count.entries++
    else count.exits++
    if (event.kind === 'exit' && event.withoutStay) count.exitsWithoutStay++
    passages++
    if (passages % 100 === 0) say(`${isoOf(event.atMs)} ${passages} passages`)
  }
  await Promise.all([lanes.entry, lanes.exit])
  return count
}

export async function drained(site: Site): Promise<number> {
  const untilMs = Date.now() + drainWithinMs
  while (site.runtime.queue.records.size > 0 && Date.now() < untilMs) {
    site.runtime.retryNow()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return site.runtime.queue.records.size
}

interface Charges {
  readonly count: number
  readonly totalFen: number
  readonly rows: {
    outTradeNo: string
    mode: number
    realFee: number
    status: string
    bodySm3: string
  }[]
}

interface ToldRow {
  readonly number: string
  readonly bodySm3: string
  readonly requests: number
  readonly realFee?: number
}

/** The records of both, by their administrations. */
async function toldRecords(of: Readonly<Record<DestinationName, SimProcess>>) {
  const all: (ToldRow & { destination: DestinationName; op: RecordOp; businessNo: string })[] = []
  for (const destination of ['platform', 'operator'] as const)
    for (const op of recordOps) {
      const path = `/books?kind=${recordKinds[op]}`
      const { rows } = await of[destination].admin<{ rows: ToldRow[] }>('GET', path)
      all.push(...rows.map((row) => ({ ...row, destination, op, businessNo: row.number })))
    }
  const own = all.filter(({ destination }) => destination === 'operator')
  const exits = own.filter(({ op }) => op === 'exitRecord')
  const { rejected } = await of.operator.admin<{ rejected: number }>('GET', '/state')
  const sums = {
    records: exits.length,
    amountFen: exits.reduce((sum, { realFee = 0 }) => sum + realFee, 0),
    duplicates: exits.reduce((sum, { requests }) => sum + requests - 1, 0),
    rejected,
    entryRecords: own.filter(({ op }) => op === 'entryRecord').length,
    plateRecords: own.filter(({ op }) => op === 'plateRecord').length,
  }
  return { records: all, sums }
}

interface CardBooks {
  readonly cards: readonly {
    readonly cardNo: string
    readonly debits: readonly {
      readonly amountFen: number
      readonly psamSerial: number
      readonly tac: string
    }[]
  }[]
}

/** Records of platform and cards, read through their admin interfaces. */
export async function outsideRecords(
  harness: Pick<LotHarness, 'platform' | 'others'> & {
    readonly lanes: ReadonlyMap<string, { readonly rsu: SimProcess | null }>
  },
): Promise<{
  outside: OutsideRecords
  sums: PlatformSums
  destinations?: DestinationSums | undefined
}> {
  const platform = present(harness.platform, 'the platform runs')
  const charges = await platform.admin<Charges>('GET', '/books?kind=exit-charges')
  const refunds = await platform.admin<{ rows: { outRefundNo: string; refundFee: number }[] }>(
    'GET',
    '/books?kind=refunds',
  )
  const exceptions = await platform.admin<{ rows: { no: string; handling: number }[] }>(
    'GET',
    '/books?kind=exceptions',
  )
  const state = await platform.admin<{ duplicates: number; rejected: number }>('GET', '/state')
  const rsus = [...harness.lanes.values()].flatMap(({ rsu }) => rsu ?? [])
  const books = await Promise.all(rsus.map((rsu) => rsu.admin<CardBooks>('GET', '/books')))
  const cards = books.flatMap((book) => book.cards)
  const live = charges.rows.filter((r) => ['SUCCESS', 'ACCEPTED'].includes(r.status))
  const operator = harness.others.get('operator')
  const told = operator && (await toldRecords({ platform, operator }))
  return {
    destinations: told && { operator: told.sums },
    outside: {
      ...(told && { records: told.records }),
      charges: charges.rows,
      refunds: refunds.rows,
      exceptions: exceptions.rows.map(({ no, handling }) => ({ exceptionNo: no, handling })),
      cardDebits: cards.flatMap((c) =>
        c.debits.map((d) => ({ cardNo: c.cardNo, ...d, psamSerial: Number(d.psamSerial) })),
      ),
    },
    sums: {
      records: live.length,
      amountFen: live.reduce((sum, r) => sum + r.realFee, 0),
      duplicates: state.duplicates,
      rejected: state.rejected,
    },
  }
}

/** Influence of a caller on a replay: set faults, stop a simulator. */
export interface ReplayWatch {
  /** Devices and platform are up, no car was driven yet. */
  ready?(harness: LotHarness): Promise<void>
  /** The last car has left; everything still runs. */
  left?(harness: LotHarness): Promise<void>
}

interface Replay {
  readonly choice: ReplayChoice
  readonly harness: LotHarness
  readonly site: Site
  readonly clock: TraceClock
  readonly witness: MoneyWitness
  readonly watch: ReplayWatch
  readonly startedMs: number
  say(text: string): void
}

export async function replayOverLinks(
  choice: ReplayChoice,
  say: (text: string) => void,
  watch: ReplayWatch = {},
) {
  const startedMs = Date.now()
  const harness = new LotHarness({
    dir: choice.dir,
    layout: choice.layout,
    charge: choice.charge,
    offline: choice.offline,
    variant: choice.variant,
    province: choice.province,
    others: choice.operator === true ? ['operator'] : [],
    timing: choice.timing,
    seed: choice.seed,
    capacity: Math.max(1, choice.traffic.capacity),
    fromMs: choice.traffic.fromMs,
    rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
  })
  try {
    await harness.startDevices()
    const { config, tariff } = loadLot(choice.dir)
    const clock = new TraceClock(choice.traffic.fromMs)
    const statusList = simulatedList(clock, blacklistOf(choice))
    const witness = new MoneyWitness(() => clock.nowMs())
    const site = await openSite({
      dir: choice.dir,
      config,
      tariff,
      business: clock,
      mono: systemMonoClock(),
      timing: choice.timing,
      ...(choice.timing === 'instant' ? { times: choice.times ?? replayTimes, barrierPollMs } : {}),
      statusList,
      taps: witness,
      fatal: (fault) => {
        throw fault
      },
    })
    try {
      return await replaySite({ choice, harness, site, clock, witness, watch, startedMs, say })
    } finally {
      await site.stop()
    }
  } finally {
    await harness.stop()
  }
}

export const blacklistOf = (choice: ReplayChoice): Set<string> => {
  const cards = new Set<string>()
  for (const { car } of choice.traffic.events())
    if (car.kind === 'blacklisted' && car.obu !== null) cards.add(car.obu.cardNo)
  return cards
}

async function replaySite(replay: Replay) {
  const { choice, harness, site, clock, say } = replay
  const inventory = inventoryRows(site, choice.traffic)
  if (inventory.length > 0) site.runtime.append(inventory)
  await harness.startCameras((laneId) => site.intake.url(laneId))
  await fundAccounts(choice, harness)
  await devicesUp(site)
  await replay.watch.ready?.(harness)
  const driver = new TrafficDriver(harness, site, cashPerson)
  const drivingMs = Date.now()
  const counts = await drive(driver, clock, choice, say)
  const passages = counts.entries + counts.exits
  const perSec = (passages * 1000) / Math.max(1, Date.now() - drivingMs)
  say(`${passages} passages, ${perSec.toFixed(1)} a second`)
  await replay.watch.left?.(harness)
  const pending = await drained(site)
  site.opened.headWriter.flush()
  const { outside, sums, destinations } = await outsideRecords(harness)
  const seen = [...replay.witness.violations, ...(await physical(harness, driver))]
  return judgedReplay(
    { choice, site, outside, seen, startedMs: replay.startedMs },
    {
      ...counts,
      insideStart: choice.traffic.insideStart.length,
      pending,
      platform: sums,
      destinations,
      processes: await processNotes(harness, site),
    },
  )
}

/** Violations seen at the booms themselves. */
async function physical(harness: LotHarness, driver: TrafficDriver): Promise<Violation[]> {
  const found: Violation[] = driver.seen.map(({ atIso, laneId, detail }) => ({
    id: 'M2',
    atIso,
    stayId: null,
    detail: `${laneId}: ${detail}`,
  }))
  for (const [laneId, sims] of harness.lanes) {
    const state = await sims.barrier.admin<{ closesOnPresence: number }>('GET', '/state')
    if (state.closesOnPresence > 0)
      found.push({ id: 'M9', atIso: '', stayId: null, detail: `${laneId} closed on a car` })
  }
  return found
}

/** Online charges use accounts: accounts of cards without money refuse, as in operation. */
export async function fundAccounts(
  choice: ReplayChoice,
  harness: Pick<LotHarness, 'platform'>,
): Promise<void> {
  const platform = present(harness.platform, 'the platform runs')
  for (const { car } of choice.traffic.events())
    if (car.kind === 'insufficient' && car.obu !== null)
      await platform.admin('POST', '/accounts', { cardNo: car.obu.cardNo, balanceFen: 0 })
}

const upWithinMs = 60_000

/** Antennas whose PSAM the platform has not signed in: they debit no card. */
function unsigned({ runtime, config, rsus }: Site): readonly string[] {
  if (config.chargeMode !== 'card' || joinedPlatform(config) === null) return []
  const isSignedIn = ({ terminal }: ReportedPsam): boolean => runtime.lot.signIns.has(terminal)
  return [...rsus].flatMap(([laneId, { psams }]) =>
    psams().length > 0 && psams().every(isSignedIn) ? [] : [`PSAM of ${laneId}`],
  )
}

/** Without its antenna or its PSAM every car would pay otherwise, and nothing would be shown: that is an error. */
export async function devicesUp(site: Site): Promise<void> {
  const untilMs = Date.now() + upWithinMs
  const away = (): readonly string[] => [
    ...[...site.runtime.lanes].flatMap(([laneId, { devices, state }]) => [
      ...(devices.rsu === null || state.rsuUp ? [] : [`rsu of ${laneId}`]),
      ...(devices.barrier === null || state.arrive === 'off' ? [] : [`barrier of ${laneId}`]),
    ]),
    ...unsigned(site),
  ]
  while (away().length > 0) {
    must(Date.now() < untilMs, `${away().join(', ')} did not come up in ${upWithinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Counts of each simulator, read while they still run. */
async function processNotes(harness: LotHarness, site: Site): Promise<ProcessNote[]> {
  const running: (readonly [name: string, sim: SimProcess | null, link: string])[] = []
  for (const [laneId, sims] of harness.lanes)
    running.push(
      [`rsu-sim ${laneId}`, sims.rsu, site.rsus.get(laneId)?.url ?? ''],
      // A boom that two lanes share is counted at the lane that has it wired.
      ...(site.barriers.has(laneId)
        ? [[`barrier-sim ${laneId}`, sims.barrier, site.barriers.get(laneId)?.url ?? ''] as const]
        : []),
      [`display-sim ${laneId}`, sims.display, site.displays.get(laneId)?.url ?? ''],
      [`camera-sim ${laneId}`, sims.camera, site.intake.url(laneId)],
    )
  running.push(['platform-sim', harness.platform, harness.platform?.endpoints.baseUrl ?? ''])
  for (const [name, sim] of harness.others)
    running.push([`platform-sim ${name}`, sim, sim.endpoints.baseUrl ?? ''])
  const notes: ProcessNote[] = []
  for (const [name, sim, link] of running) {
    if (sim === null) continue
    const state = await sim.admin<{ link: { bytesIn: number; bytesOut: number } }>('GET', '/state')
    const { bytesIn, bytesOut } = state.link
    notes.push({ name, pid: sim.pid, link, bytesIn, bytesOut })
  }
  return notes
}
