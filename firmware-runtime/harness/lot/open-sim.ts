// A simulated open lot (7.2): its lot file, its run through the traffic, and the data read at its end. No person acts; the
// same seed gives the same rows everywhere.
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import { mkdirSync } from 'node:fs'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { pileLaneId, runningLot } from '#base/pure/lot/streets.ts'
import { openOf } from '#lane/pure/layouts/index.ts'
import type { PlaceConfig } from '#devices/pure/place/place.ts'
import type { RsuVariant } from '#simulators/rsu/dialect.ts'
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { DiskShelves } from './disk-shelves.ts'
import { CrashPlan } from './sim-crash.ts'
import { SimLot } from './sim-lot.ts'
import { badCards, judgedRun } from './sim-outside.ts'
import { simConfig, type SimOutcome, type SimRun } from './sim-run.ts'
import { OpenRoad, roundsAt, spaceIdOf, watcherId } from './open-road.ts'
import { VirtualTime } from './virtual-time.ts'
import { insideAt, startOf } from './sim-start.ts'

/** The lot file, with the spaces of its watcher. */
export function openConfig(run: SimRun): LotConfig {
  const { layout = '' } = run
  const count = Math.max(1, run.traffic.capacity)
  const ids = Array.from({ length: count }, (_, i) => spaceIdOf(i + 1))
  // No person releases large amounts here.
  const priced = { ...run, largeAmountFen: run.largeAmountFen ?? 100_000 }
  const gantry: LaneConfig = {
    ...antenna('exit', layout, run.variant),
    name: { zh: '门架', en: 'Gantry' },
  }
  const places = openPlaces(layout, run.variant)
  const lanes = openOf(layout)?.collects === 'platform' ? places : [gantry, ...places]
  const hasPiles = openOf(layout)?.pile !== undefined
  const spaces = ids.map((id) => ({
    id,
    sensor: `${watcherId}/d${id}`,
    ...(hasPiles ? { pile: `sim:rsu-${pileLaneId(id)}?variant=${run.variant}` } : {}),
  }))
  const street = { name: '模拟路段', stand: 'parallel', spaces } as const
  const sources = [{ id: watcherId, link: 'push:nb-iot', spaces: {} }]
  return runningLot(simConfig(priced, { lanes, streets: [street], spaces: sources }))
}

const antenna = (id: string, layout: string, variant: RsuVariant): LaneConfig => ({
  id,
  name: { zh: id, en: id },
  direction: 'exit',
  layout,
  ...noLaneLinks,
  rsu: `sim:rsu-${id}?variant=${variant}`,
})

/** One handheld, or patrol car, for all spaces, where they have no piles. */
function openPlaces(layout: string, variant: RsuVariant): LaneConfig[] {
  const open = openOf(layout)
  if (open?.record === undefined || open.pile !== undefined) return []
  const place = (id: string, at: PlaceConfig): LaneConfig => ({
    ...antenna(id, layout, variant),
    place: at,
  })
  const fence = { shape: 'circle', center: roundsAt, radiusM: 500 } as const
  return [place('rounds', { kind: 'handheld', fence, gnss: null })]
}

/** Runs the traffic through one simulated open lot; the data folder keeps its ledger. */
export function simulateOpen(run: SimRun, use: (lot: SimLot, outcome: SimOutcome) => void): void {
  mkdirSync(run.dir, { recursive: true })
  const time = new VirtualTime()
  const crash = new CrashPlan()
  const { blacklist, empty } = badCards(run.traffic)
  const startMs = startOf(run.traffic)
  const shelves = new DiskShelves()
  const lot = new SimLot({
    dir: run.dir,
    config: openConfig(run),
    tariff: run.tariff ?? demoTariff,
    time,
    startMs,
    seed: run.seed,
    variant: run.variant,
    blacklist,
    crash,
    keepsFold: (run.cuts?.powerMs ?? null) !== null,
    province: run.province,
    shelf: shelves.shelf,
  })
  time.wake()
  lot.start()
  try {
    for (const cardNo of empty) lot.platform.record({ t: 'account', cardNo, balanceFen: 0 })
    const road = new OpenRoad(lot, run, { time, crash, startMs })
    // Time for the antennas to start and sign in.
    road.to(startMs + 60_000)
    time.sleep()
    road.begin(insideAt(run.traffic))
    for (const event of run.traffic.events()) {
      road.to(event.atMs)
      if (event.kind === 'entry') road.parks(event)
      else road.leaves(event)
    }
    road.settle()
    use(lot, outcomeOf(run, lot, road, time, crash))
  } finally {
    lot.stop()
    shelves.close()
  }
}

function outcomeOf(
  run: SimRun,
  lot: SimLot,
  road: OpenRoad,
  time: VirtualTime,
  crash: CrashPlan,
): SimOutcome {
  const { outcome } = judgedRun(lot, run, time, crash)
  outcome.report.violations.push(...road.seen)
  return {
    entries: road.entries,
    exits: road.exits,
    exitsWithoutStay: 0,
    ...outcome,
    atOnce: 1,
    faults: {},
    odd: {},
    plates: {
      misreadIn: 0,
      misreadOut: 0,
      corrected: road.counts['plateCorrected'] ?? 0,
      picked: 0,
      wrong: {},
    },
    cuts: { network: road.networkCuts, power: lot.restarts },
    gatewayFen: null,
    site: { ...road.counts, missed: road.missed(), ...road.matching() },
  }
}
