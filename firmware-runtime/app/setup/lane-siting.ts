// Positions of the equipment of each lane, judged for drafts and lot files by the same rules (core/lane/siting.ts). The
// row of the devices shows the first clause that a lane breaks.
import { byLaneKind } from '../../core/values/device-kinds/lane-kinds.ts'
import type { SetupDraft } from '../../api/setup-draft.ts'
import type { SetupView } from '../../api/setup-views.ts'
import { laneOf } from '../../core/lane/layouts/index.ts'
import {
  againstClauses,
  judgeSiting,
  notMeasured,
  type DevicesThere,
} from '../../core/lane/siting.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import type { Rules } from '../../core/values/rules/rule-pack.ts'
import { devicesOf } from './lot-of-draft.ts'

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

/** The first position that breaks a clause, in one sentence. */
export function misplaced(draft: SetupDraft, rules: Rules): BilingualText | null {
  const found = sitingOfDraft(draft, rules)
  for (const { id, name } of draft.lot?.lanes ?? []) {
    const [first] = againstClauses(found[id] ?? [], draft.siting?.[id] ?? notMeasured)
    if (first === undefined) continue
    const { clause, reason } = first
    const lane = name === '' ? id : name
    return t(`${lane} ${clause}:${reason.zh}`, `${lane}, ${clause}: ${reason.en}`)
  }
  return null
}

/** For a lot file: every finding, and whether one of them breaks its clause without a reason. */
export function sitingOfLot({ lanes }: LotConfig, rules: Rules) {
  const own = lanes.flatMap((lane) => {
    const layout = lane.place === undefined ? laneOf(lane.layout, lane.direction) : null
    if (layout === null) return []
    const siting = lane.siting ?? notMeasured
    const findings = judgeSiting(layout, siting, thereOf(lane), rules)
    return [{ laneId: lane.id, siting, findings }]
  })
  return {
    findings: own.flatMap(({ laneId, findings }) =>
      findings.map(({ rule, clause, verdict, reason, todo }) => {
        return { laneId, rule, clause, verdict, reason, todo }
      }),
    ),
    fits: own.every(({ siting, findings }) => againstClauses(findings, siting).length === 0),
  }
}
