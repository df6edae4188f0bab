// Balances of points of another system as a table of text; its columns are declared in values/tables/points.ts.
// Every error names line, heading and value; a file with an error is refused completely.
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { PointsRow } from '#base/pure/rows/points-row.ts'
import { pointsTable } from '#base/pure/tables/points.ts'
import { readTable, type BadCell, type BesideTable } from '#base/pure/tables/table.ts'
import { dayFromMs, type MemberList } from './list.ts'
import type { PointsList } from './points.ts'

/** Points that were earned are valid no longer either. */
const validDaysMax = 366

interface PointsDiff extends BesideTable {
  readonly added: readonly PointsRow[]
  readonly changed: readonly PointsRow[]
  readonly same: number
  readonly bad: readonly BadCell[]
}

interface ReadAt {
  readonly members: MemberList
  readonly nowMs: InstantMs
}

/** Compares with earlier imports; a number missing from the file keeps its points. */
export function readPointsCsv(text: string, list: PointsList, at: ReadAt): PointsDiff {
  const { nowMs, members } = at
  const { rows, bad, ...beside } = readTable<typeof pointsTable.columns, PointsRow>(
    pointsTable,
    text,
    (row, { refuse }) => {
      const { no, until } = row
      if (members.byNo.get(no)?.member.kind !== 'points')
        return [refuse('no', no, '没有这个积分会员', 'no points member has this number')]
      const toMs = dayFromMs(until)
      if (toMs + dayMs > nowMs && toMs <= nowMs + validDaysMax * dayMs)
        return { row: 'brought', ...row } as const
      const today = isoOf(nowMs).slice(0, 10)
      return [
        refuse(
          'until',
          until,
          `从今天起 ${validDaysMax} 天之内`,
          `within ${validDaysMax} days from ${today}`,
        ),
      ]
    },
  )
  if (bad.length > 0) return { added: [], changed: [], same: 0, bad, ...beside }
  const isSame = ({ no, points, until }: PointsRow): boolean => {
    const had = list.brought.get(no)
    return had?.points === points && had.until === until
  }
  const added = rows.filter(({ no }) => !list.brought.has(no))
  const changed = rows.filter((one) => list.brought.has(one.no) && !isSame(one))
  return { added, changed, same: rows.length - added.length - changed.length, bad: [], ...beside }
}
