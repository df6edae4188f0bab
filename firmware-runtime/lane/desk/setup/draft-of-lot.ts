// Converts an existing lot into the forms of the set-up, and back into a lot file whose members without a form stay
// unchanged. So the forms can change every lot, also one whose files were written by hand.
import { isDeepStrictEqual } from 'node:util'
import { addressesOf, answersOf, partsOfLot } from './lot-parts.ts'
import { emptyDraft } from './draft-file.ts'
import { tariffOfPart } from './lot-of-draft.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import { openLayoutOf, openOf } from '../../pure/layouts/index.ts'
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { placeRow } from '#base/pure/place/place-members.ts'
import { laneDeviceMembers } from '#base/pure/lot/device-members.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import type { Member } from '#base/pure/lot/member.ts'
import { spaceKindsOf } from '../../pure/lot/lot-facts.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { checkTariff } from '../../lot/files/tariff-file.ts'
import { answersOfLot, withoutAnswers } from './setting-answers.ts'
import type { LotFiles } from './lot-words.ts'

type LaneDevices = NonNullable<SetupDraft['devices']>['lanes'][string]
const minutesPerDay = 1440
const daysOf = (minutes: number): number => Math.round(minutes / minutesPerDay)
/** A pile outside the streets, and a handheld of an enclosed lot, have no form. */
const isFormed = ({ place, layout }: LaneConfig): boolean =>
  place === undefined || (place.kind === 'handheld' && openOf(layout)?.reader !== undefined)

function readerOf({ place }: LaneConfig) {
  if (place?.kind !== 'handheld') return {}
  return { reader: answersOf(placeRow.of.handheld, place) }
}

/** Null: an enclosed lot. */
function openOfLot(config: LotConfig): SetupDraft['open'] {
  const { streets = [], spaces = [] } = config
  const open = openLayoutOf(config)
  return open === null ? null : { layout: open, streets, sensors: spaces }
}

export function draftOfLot({ config, tariff }: LotFiles): SetupDraft {
  const { name, lotId, provinceCode, platform, intake, caps } = config
  const lanes = config.lanes.filter(isFormed)
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
      lanes: lanes.map((lane) => ({
        id: lane.id,
        name: lane.name.zh,
        layout: lane.layout,
        direction: lane.direction,
        ...readerOf(lane),
      })),
    },
    open: openOfLot(config),
    devices: {
      lanes: byLane((lane) => answersOf(laneDeviceMembers, lane)),
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
    ...partsOfLot(config),
    settings: answersOfLot(config),
    keep: config.copies ?? { to: '' },
  }
}

/**
 * Completes the answers of each lane: one that did not exist when the draft was saved gets the lot's value, or none.
 */
function withAnswers({ devices, ...draft }: SetupDraft, own: SetupDraft['devices']): SetupDraft {
  if (devices === undefined) return draft
  const answered: Record<string, LaneDevices> = {}
  for (const [id, said] of Object.entries(devices.lanes))
    answered[id] = { ...answersOf(laneDeviceMembers, own?.lanes[id] ?? {}), ...said }
  return { ...draft, devices: { ...devices, lanes: answered } }
}

/**
 * Fills parts missing in the draft with those of the lot, so that a newer form shows the current values. Tariff and
 * trade of an existing lot come from its tariff file.
 */
export function withKept(draft: SetupDraft | null, kept: LotFiles | null): SetupDraft {
  if (kept === null) return withAnswers({ ...emptyDraft, ...draft }, undefined)
  const own = draftOfLot(kept)
  const { tariff: _, lot, ...rest } = draft ?? { version: 1 }
  const trade = own.lot?.trade ?? null
  const settings = { ...own.settings, ...rest.settings }
  const all = {
    ...own,
    ...rest,
    settings,
    ...(lot === undefined ? {} : { lot: { ...lot, trade } }),
  }
  return withAnswers(all, own.devices)
}

/**
 * Tariff and trade of an existing lot cannot be changed here: throws SETUP-09, or the refusal of an invalid tariff,
 * when they differ.
 */
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

/** The draft after an undo. */
export const draftBack = (files: LotFiles, before: SetupDraft): SetupDraft => ({
  ...before,
  ...draftOfLot(files),
})

function laneOver(kept: LaneConfig | undefined, made: LaneConfig): LaneConfig {
  if (kept === undefined) return made
  const { psams: _, ordersFrom: _from, siting: _measured, ...others } = kept
  const { sharesBarrierOf: _shared, place: _place, ...rest } = others
  const name = kept.name.zh === made.name.zh ? kept.name : made.name
  return { ...rest, ...made, name, sensors: kept.sensors ?? made.sensors }
}

/** Optional members that have a form: the forms decide whether they are absent. */
const formedMembers = new Set(
  Object.entries<Member>(lotMembers)
    .filter(([, { form, optional }]) => form !== undefined && optional === true)
    .map(([name]) => name),
)

/** True when the lot has no address: then nothing shows whether it is a rehearsal. */
const isJoinedToNothing = (lot: LotConfig): boolean => addressesOf(lot).length === 0

/** Lanes without a form keep their places among the others. */
function lanesOver(kept: readonly LaneConfig[], made: readonly LaneConfig[]): LaneConfig[] {
  const lanes = made.map((lane) =>
    laneOver(
      kept.find(({ id }) => id === lane.id),
      lane,
    ),
  )
  for (const [at, lane] of kept.entries()) if (!isFormed(lane)) lanes.splice(at, 0, lane)
  return lanes
}

/** The values of the forms over an existing lot; members without a form stay unchanged. */
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
