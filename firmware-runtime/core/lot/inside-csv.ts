// Cars inside as a text table, for the change-over from another system; its columns are declared in values/tables/inside.ts.
// An error names line, heading and value of the bad cell; a file with an error is refused completely.
import type { InstantMs } from '../values/instant.ts'
import { normalisePlate, type PlateColour } from '../values/plates/plate.ts'
import { readCell, rowsOf } from '../values/table-rows.ts'
import { insideTable } from '../values/tables/inside.ts'
import { badCell, readTable, type BadCell } from '../values/tables/table.ts'

const heading = insideTable.columns.plate.zh

export interface CarInFile {
  readonly plate: string
  readonly colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly laneId: string
}

interface ReadCars {
  readonly cars: readonly CarInFile[]
  readonly bad: readonly BadCell[]
}

/** `lanes`: the entries; a line without a lane gets the first one. */
export function readInsideCsv(
  text: string,
  { lanes, nowMs }: { readonly lanes: readonly string[]; readonly nowMs: InstantMs },
): ReadCars {
  const { rows, bad } = readTable(insideTable, text, (row, { cell, refuse }) => {
    const { plate, colour, entered, lane } = row
    const laneId = lane === '' ? lanes[0] : lane
    if (entered > nowMs) return refuse('entered', cell('entered'), '晚于现在', 'later than now')
    if (laneId === undefined || !lanes.includes(laneId))
      return refuse('lane', lane, '没有这条入口车道', 'no entry lane has this id')
    return { plate, colour, enteredAtMs: entered, laneId }
  })
  return { cars: rows, bad }
}

interface Recounted {
  /** Plates in normal form, and numbers of stays. */
  readonly there: ReadonlySet<string>
  readonly bad: readonly BadCell[]
}

/**
 * The cars found by a recount, one or more per line, by plate or stay; other columns are ignored. A line that is not such a
 * list is an error: an empty list would end every stay of the lot.
 */
export function readRecount(text: string, stayIds: ReadonlySet<string>): Recounted {
  const there = new Set<string>()
  const bad: BadCell[] = []
  for (const [at, { line, cells: given }] of rowsOf(text).entries()) {
    const cells = given.map(readCell)
    const words = cells.flatMap((cell) => [cell, ...cell.split(/[\s,;；、]+/u)])
    const found = words.flatMap((word) => normalisePlate(word) ?? (stayIds.has(word) ? word : []))
    for (const one of found) there.add(one)
    const isHead = at === 0 && words.some((word) => [heading, 'plate'].includes(word))
    if (found.length > 0 || isHead) continue
    bad.push(badCell(line, heading, cells.join(','), '这一行没有车牌', 'no plate in this line'))
  }
  if (there.size === 0 && bad.length === 0)
    bad.push(
      badCell(1, heading, '', '文件里没有车,会结束所有停车', 'no car in it: every stay would end'),
    )
  return { there, bad }
}
