// A lot that exists, as the forms of the set-up hold it, and a lot file whose members without a form stay as they are.
// So the forms that made a lot change it as well, whoever made its files.
import { isDeepStrictEqual } from 'node:util'
import { destinationLinks, destinationsOfLot } from './destinations.ts'
import { emptyDraft } from './draft-file.ts'
import { tariffOfPart } from './lot-of-draft.ts'
import type { SetupDraft } from '../../api/setup-draft.ts'
import type { LaneConfig, LotConfig } from '../../core/lot/config.ts'
import { spaceKindsOf } from '../../core/lot/lot-facts.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { checkTariff } from '../lot/tariff-file.ts'
import { answersOfLot, withoutAnswers } from './setting-answers.ts'
import type { LotFiles } from './lot-words.ts'

type LanePart = NonNullable<SetupDraft['devices']>['lanes'][string]
const minutesPerDay = 1440
const daysOf = (minutes: number): number => Math.round(minutes / minutesPerDay)
/** Piles and handhelds have no form. */
const formed = ({ lanes }: LotConfig): readonly LaneConfig[] =>
  lanes.filter(({ place }) => place === undefined)

const devicesOfLane = (lane: LaneConfig): LanePart => ({
  camera: lane.camera ?? '',
  barrier: lane.barrier ?? '',
  display: lane.display ?? '',
  rsu: lane.rsu ?? '',
  psams: lane.psams ?? [],
})

export function draftOfLot({ config, tariff }: LotFiles): SetupDraft {
  const { name, lotId, provinceCode, platform, intake, caps } = config
  const lanes = formed(config)
  const byLane = <T>(of: (lane: LaneConfig) => T): Record<string, T> =>
    Object.fromEntries(lanes.map((lane) => [lane.id, of(lane)]))
  return {
    version: 1,
    lot: {
      name: name.zh,
      lotId,
      spaces: spaceKindsOf(config),
      district: config.district ?? '',
      qualification: config.qualification ?? '',
      trade: tariff.use === 'commercial' ? 'commercial' : 'filed',
      provinceCode,
      lanes: lanes.map(({ id, name, layout, direction }) => ({
        id,
        name: name.zh,
        layout,
        direction,
      })),
    },
    devices: {
      lanes: byLane(devicesOfLane),
      intake:
        intake === undefined
          ? null
          : { host: intake.host, port: intake.port, cameras: [...intake.allow] },
    },
    siting: Object.fromEntries(
      lanes.flatMap(({ id, siting }) => (siting === undefined ? [] : [[id, siting]])),
    ),
    charge: { mode: config.chargeMode, platform: platform ?? 'later' },
    offline: {
      policy: config.offline,
      totalFen: caps.totalFen,
      perChargeFen: caps.perChargeFen,
      count: caps.count,
      days: daysOf(caps.oldestMin),
    },
    ...destinationsOfLot(config),
    gateway: config.gateway ?? null,
    printers: (config.printers ?? []).map(({ lanes: at, drawer, ...printer }) => ({
      ...printer,
      ...(at === undefined ? {} : { lanes: at }),
      ...(drawer === undefined ? {} : { drawer }),
    })),
    scanners: config.scanners ?? [],
    settings: answersOfLot(config),
    time: timeOfLot(config),
    keep: {
      to: config.copies?.to ?? '',
      ...(config.copies?.hostKey === undefined ? {} : { hostKey: config.copies.hostKey }),
    },
  }
}

function timeOfLot({ time = {} }: LotConfig): NonNullable<SetupDraft['time']> {
  const { servers, receiver, mayStep } = time
  return {
    ...(servers === undefined ? {} : { servers }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(mayStep === undefined ? {} : { mayStep }),
  }
}

/**
 * A part that no draft has said yet is what the lot has: a form that came later shows what is there. The tariff of a
 * lot that is there, and with it whether it is commercial, is its tariff file's.
 */
export function withKept(draft: SetupDraft | null, kept: LotFiles | null): SetupDraft {
  if (kept === null) return { ...emptyDraft, ...draft }
  const own = draftOfLot(kept)
  const { tariff: _, lot, ...rest } = draft ?? { version: 1 }
  const trade = own.lot?.trade ?? null
  const settings = { ...own.settings, ...rest.settings }
  return { ...own, ...rest, settings, ...(lot === undefined ? {} : { lot: { ...lot, trade } }) }
}

/** Throws SETUP-09, or what refuses a tariff, for what only the tariff of a lot that is there says, where it would be otherwise. */
export function refuseTariff({ lot, tariff }: Partial<SetupDraft>, kept: LotFiles | null): void {
  if (kept === null) return
  const trade = lot?.trade ?? null
  if (trade !== null && trade !== draftOfLot(kept).lot?.trade)
    throw new LaneFault('SETUP-09', { field: '/lot/trade', value: trade })
  if (tariff === undefined) return
  const wished = checkTariff(tariffOfPart(tariff), 'setup.json').tariff
  const is = checkTariff(kept.tariff, 'tariff.json').tariff
  if (!isDeepStrictEqual(wished, is)) throw new LaneFault('SETUP-09', { field: '/tariff' })
}

/** The draft after a step back. */
export const draftBack = (files: LotFiles, before: SetupDraft): SetupDraft => ({
  ...before,
  ...draftOfLot(files),
})

function laneOver(kept: LaneConfig | undefined, made: LaneConfig): LaneConfig {
  if (kept === undefined) return made
  const { psams: _, siting: _measured, sharesBarrierOf: _shared, ...rest } = kept
  const name = kept.name.zh === made.name.zh ? kept.name : made.name
  return { ...rest, ...made, name, sensors: kept.sensors ?? made.sensors }
}

/** Absent where the forms say so. */
const formedMembers = new Set<string>([
  'spaceKinds',
  'district',
  'qualification',
  'intake',
  'operator',
  'etcOperator',
  'platformRecords',
  'reservation',
  'gateway',
  'printers',
  'scanners',
  'time',
  'copies',
] satisfies (keyof LotConfig)[])

/** Nothing that it is joined to tells whether it is a rehearsal. */
function isJoinedToNothing({ lanes, printers = [], scanners = [], ...lot }: LotConfig): boolean {
  const { platform, gateway } = lot
  const links = lanes.flatMap(({ camera, barrier, display, rsu }) => [
    camera,
    barrier,
    display,
    rsu,
  ])
  const isLater = platform === null || platform === 'later'
  const beside = printers.length + scanners.length + destinationLinks(lot).length
  return links.every((one) => one === null) && beside === 0 && isLater && gateway === undefined
}

/** Piles and handhelds stand where they stood among the others. */
function lanesOver(kept: readonly LaneConfig[], made: readonly LaneConfig[]): LaneConfig[] {
  const lanes = made.map((lane) =>
    laneOver(
      kept.find(({ id }) => id === lane.id),
      lane,
    ),
  )
  for (const [at, lane] of kept.entries()) if (lane.place !== undefined) lanes.splice(at, 0, lane)
  return lanes
}

/** What the forms say, over a lot that is there; its machine and everything that no form asks for stays. */
export function overKept(kept: LotConfig, made: LotConfig): LotConfig {
  const { caps, ...others } = withoutAnswers(kept)
  const { totalFen, perChargeFen, count, oldestMin } = made.caps
  const isAsOld = daysOf(oldestMin) === daysOf(caps.oldestMin)
  const rest = Object.fromEntries(
    Object.entries(others).filter(([name]) => !formedMembers.has(name)),
  )
  return {
    ...rest,
    ...made,
    mode: isJoinedToNothing(made) ? kept.mode : made.mode,
    nodeId: kept.nodeId,
    name: kept.name.zh === made.name.zh ? kept.name : made.name,
    tariffFile: kept.tariffFile,
    caps: {
      ...made.caps,
      totalFen,
      perChargeFen,
      count,
      oldestMin: isAsOld ? caps.oldestMin : oldestMin,
    },
    platform: made.platform === 'later' && kept.platform === null ? null : made.platform,
    lanes: lanesOver(kept.lanes, made.lanes),
  }
}
