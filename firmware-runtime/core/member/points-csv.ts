// Balances of points of another system as a table of text: number of the member, points, last day.
// Every bad line is named by line, heading and value; nothing of a file with one is taken.
import type { InstantMs } from '../values/instant.ts'
import type { PointsRow } from '../values/rows/points-row.ts'
import { dayMs, isoOf } from '../values/instant.ts'
import { dayFromMs, type MemberList } from './list.ts'
import { badCell, dayOf, type BadCell } from './member-csv.ts'
import { readCell, rowsOf } from '../values/table-rows.ts'
import { isDay } from './member-rules.ts'
import type { PointsList } from './points.ts'

const headings = ['编号', '积分', '截止日'] as const
const ownHeadings = 'no,points,until'
const pointsMax = 10_000_000
const rowsMax = 2_000
/** Points that were earned are valid no longer either. */
const validDaysMax = 366

export interface PointsDiff {
  readonly added: readonly PointsRow[]
  readonly changed: readonly PointsRow[]
  readonly same: number
  readonly bad: readonly BadCell[]
}

interface ReadAt {
  readonly members: MemberList
  readonly nowMs: InstantMs
}

function lineOf(line: number, cells: readonly string[], at: ReadAt): PointsRow | BadCell {
  const [no = '', points = '', day = '', ...rest] = cells.map(readCell)
  const until = dayOf(day)
  const refuse = (i: 0 | 1 | 2, value: string, zh: string, en: string): BadCell =>
    badCell(line, headings[i], value, zh, en)
  if (rest.length > 0)
    return badCell(line, '', rest[0] ?? '', '这一行的列太多', 'too many cells in this line')
  if (at.members.byNo.get(no)?.member.kind !== 'points')
    return refuse(0, no, '没有这个积分会员', 'no points member has this number')
  if (!/^\d{1,8}$/.test(points) || Number(points) > pointsMax)
    return refuse(1, points, `积分为 0 到 ${pointsMax} 的整数`, `points from 0 to ${pointsMax}`)
  if (!isDay(until)) return refuse(2, until, '不是日期', 'not a date such as 2026-12-31')
  const toMs = dayFromMs(until)
  if (toMs + dayMs <= at.nowMs || toMs > at.nowMs + validDaysMax * dayMs)
    return refuse(
      2,
      until,
      `从今天起 ${validDaysMax} 天之内`,
      `within ${validDaysMax} days from ${isoOf(at.nowMs).slice(0, 10)}`,
    )
  return { row: 'brought', no, points: Number(points), until }
}

const isBad = (found: PointsRow | BadCell): found is BadCell => 'line' in found

/** Compared with what was brought before; a number that is not in the file keeps its points. */
export function readPointsCsv(text: string, list: PointsList, at: ReadAt): PointsDiff {
  const [head, ...rows] = rowsOf(text)
  const none = { added: [], changed: [], same: 0 }
  const titles = head?.cells.map((cell) => cell.trim()).join(',') ?? ''
  if (titles !== headings.join(',') && titles !== ownHeadings)
    return { ...none, bad: [badCell(1, '', titles, `表头为 ${headings.join(',')}`, 'headings')] }
  if (rows.length > rowsMax)
    return {
      ...none,
      bad: [badCell(1, '', String(rows.length), `最多 ${rowsMax} 行`, `at most ${rowsMax} lines`)],
    }
  const read = rows.map(({ line, cells }) => ({ line, found: lineOf(line, cells, at) }))
  const seen = new Set<string>()
  const bad = read.flatMap(({ line, found }): BadCell[] => {
    if (isBad(found)) return [found]
    if (seen.has(found.no))
      return [badCell(line, headings[0], found.no, '编号重复', 'this number stands twice')]
    seen.add(found.no)
    return []
  })
  if (bad.length > 0) return { ...none, bad }
  const good = read.flatMap(({ found }) => (isBad(found) ? [] : [found]))
  const isSame = ({ no, points, until }: PointsRow): boolean => {
    const had = list.brought.get(no)
    return had?.points === points && had.until === until
  }
  const added = good.filter(({ no }) => !list.brought.has(no))
  const changed = good.filter((one) => list.brought.has(one.no) && !isSame(one))
  return { added, changed, same: good.length - added.length - changed.length, bad: [] }
}
