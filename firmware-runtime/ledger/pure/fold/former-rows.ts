// What a row of an imported list replaces, by its kind: read from the lot before the row is folded. The importer of the list
// makes of it the rows that restore it. It stands apart from the importers, which read files: a start folds without them.
import type { LotState } from '../lot/lot-state.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { MemberRow } from '#base/pure/rows/member-row.ts'
import type { PointsRow } from '#base/pure/rows/points-row.ts'

type FormerRows = {
  [K in LedgerRow['kind']]?: (lot: LotState, row: Extract<LedgerRow, { kind: K }>) => unknown
}

export const formerRows = {
  /** The row that issues or reverses the member as it was. */
  member({ members: { byNo } }, { body }): MemberRow {
    const no = body.row === 'issued' ? body.member.no : body.no
    const held = byNo.get(no)
    return held === undefined || held.endedAtMs !== null
      ? { row: 'reversed', no }
      : { row: 'issued', member: held.member }
  },
  /** The balance as it was; one that another system never had is nothing to its last day. */
  points: ({ points }, { body }): PointsRow => ({
    ...body,
    points: 0,
    ...points.brought.get(body.no),
  }),
  /** The code of the coupon. */
  coupon: (_lot, { body }): string => (body.row === 'issued' ? body.coupon.code : ''),
  /** The number of the stay. */
  stayOpened: (_lot, { stayId = '' }): string => stayId,
} as const satisfies FormerRows
