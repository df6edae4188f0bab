// Positions of the equipment of each lane and along each street, judged for drafts and lot files by the same rules
// (lane/pure/siting.ts, street-siting.ts). The row of the devices shows the first clause that one of them breaks.
import { byLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { SetupView } from '../../calls/setup-views.ts'
import { laneOf, openLayoutOf, openOf } from '../../pure/layouts/index.ts'
import { judgeSiting } from '../../pure/siting.ts'
import {
  againstClauses,
  notMeasured,
  type DevicesThere,
  type Siting,
  type SitingFinding,
} from '../../pure/siting-finding.ts'
import { judgeStreets } from '../../pure/street-siting.ts'
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { streetSpacesOf } from '#base/pure/lot/streets.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { devicesOf } from './lot-of-draft.ts'
import type { LotFiles } from './lot-words.ts'

type Links = Readonly<Record<keyof DevicesThere, string | null>>

export const thereOf = (links: Links): DevicesThere =>
  byLaneKind((kind) => (links[kind] ?? '') !== '')

export const sitingOfDraft = (draft: SetupDraft, rules: Rules): SetupView['siting'] =>
  Object.fromEntries(
    (draft.lot?.lanes ?? []).flatMap(({ id, layout, direction, reader }) => {
      const lane = reader === undefined ? laneOf(layout, direction) : null
      if (lane === null) return []
      return [
        [
          id,
          judgeSiting(
            lane,
            draft.siting?.[id] ?? notMeasured,
            thereOf(devicesOf(draft, id)),
            rules,
          ),
        ],
      ]
    }),
  )

/** Handhelds and patrol cars. */
const readersAmong = (lanes: readonly LaneConfig[]): number =>
  lanes.filter(({ place }) => place?.kind === 'handheld').length

/** Handhelds and patrol cars have no form: those of the existing lot count. */
export function streetSitingOfDraft(
  { open = null }: SetupDraft,
  kept: LotFiles | null,
  rules: Rules,
): SetupView['streetSiting'] {
  const layout = openOf(open?.layout ?? '')
  if (open === null || layout === null) return []
  const readers = readersAmong(kept?.config.lanes ?? [])
  const beside = { spaces: streetSpacesOf(open).length, readers }
  return judgeStreets(layout.siting, open.streets, beside, rules)
}

interface PlaceOfFindings {
  readonly name: string
  readonly siting: Siting
  readonly findings: readonly SitingFinding[]
}

function placesOfDraft(
  draft: SetupDraft,
  kept: LotFiles | null,
  rules: Rules,
): readonly PlaceOfFindings[] {
  const found = sitingOfDraft(draft, rules)
  const lanes = (draft.lot?.lanes ?? []).map(({ id, name }) => ({
    name: name === '' ? id : name,
    siting: draft.siting?.[id] ?? notMeasured,
    findings: found[id] ?? [],
  }))
  const streets = streetSitingOfDraft(draft, kept, rules).map((findings, i) => {
    const street = draft.open?.streets[i]
    return { name: street?.name ?? '', siting: street?.siting ?? notMeasured, findings }
  })
  return [...lanes, ...streets]
}

/** The first position that breaks a clause, in one sentence. */
export function misplaced(
  draft: SetupDraft,
  kept: LotFiles | null,
  rules: Rules,
): BilingualText | null {
  for (const { name, siting, findings } of placesOfDraft(draft, kept, rules)) {
    const [first] = againstClauses(findings, siting)
    if (first === undefined) continue
    const { clause, reason } = first
    return t(`${name} ${clause}:${reason.zh}`, `${name}, ${clause}: ${reason.en}`)
  }
  return null
}

/** Where a finding belongs: a lane, or a street; null: the lot file has no streets. */
type FoundAt = { readonly laneId: string } | { readonly street: string | null }

interface Placed {
  readonly at: FoundAt
  readonly siting: Siting
  readonly findings: readonly SitingFinding[]
}

function streetsOfLot(config: LotConfig, rules: Rules): readonly Placed[] {
  const { lanes, streets = [] } = config
  const layout = openOf(openLayoutOf(config) ?? '')
  if (layout === null) return []
  const beside = { spaces: streetSpacesOf(config).length, readers: readersAmong(lanes) }
  return judgeStreets(layout.siting, streets, beside, rules).map((findings, i) => {
    const street = streets[i]
    return { at: { street: street?.name ?? null }, siting: street?.siting ?? notMeasured, findings }
  })
}

/** For a lot file: every finding, and whether one of them breaks its clause without a reason. */
export function sitingOfLot(config: LotConfig, rules: Rules) {
  const lanes = config.lanes.flatMap((lane): readonly Placed[] => {
    const layout = lane.place === undefined ? laneOf(lane.layout, lane.direction) : null
    if (layout === null) return []
    const siting = lane.siting ?? notMeasured
    const findings = judgeSiting(layout, siting, thereOf(lane), rules)
    return [{ at: { laneId: lane.id }, siting, findings }]
  })
  const own = [...lanes, ...streetsOfLot(config, rules)]
  return {
    findings: own.flatMap(({ at, findings }) =>
      findings.map(({ rule, clause, verdict, reason, todo }) => {
        return { ...at, rule, clause, verdict, reason, todo }
      }),
    ),
    fits: own.every(({ siting, findings }) => againstClauses(findings, siting).length === 0),
  }
}

/** Name of the lane or street of a finding; `lane`: how a lane is called. */
export const foundAt = (at: FoundAt, lane: (id: string) => string): BilingualText =>
  'laneId' in at
    ? t(lane(at.laneId), lane(at.laneId))
    : at.street === null
      ? t('路段', 'Streets')
      : t(at.street, at.street)
