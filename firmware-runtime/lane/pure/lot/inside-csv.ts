// Cars inside as a text table, for the change-over from another system; its columns are declared in values/tables/inside.ts.
// An error names line, heading and value of the bad cell; a file with an error is refused completely.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { compactPlate, platesIn, plateWords, type PlateColour } from '#base/pure/plates/plate.ts'
import { readCell, rowsOf } from '#base/pure/data/table-rows.ts'
import { insideTable } from '#base/pure/tables/inside.ts'
import { badCell, readTable, type BadCell, type BesideTable } from '#base/pure/tables/table.ts'

const heading = insideTable.columns.plate.zh

interface CarInFile {
  readonly plate: string
  readonly colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly laneId: string
}

interface ReadCars extends BesideTable {
  readonly cars: readonly CarInFile[]
  readonly bad: readonly BadCell[]
}

/** `lanes`: the entries; a line without a lane gets the first one. */
export function readInsideCsv(
  text: string,
  { lanes, nowMs }: { readonly lanes: readonly string[]; readonly nowMs: InstantMs },
): ReadCars {
  const { rows, bad, ...beside } = readTable<typeof insideTable.columns, CarInFile>(
    insideTable,
    text,
    ({ plate, colour, entered, lane }, { cell, refuse }) => {
      const laneId = lane === '' ? lanes[0] : lane
      const isKnown = laneId !== undefined && lanes.includes(laneId)
      const late = refuse('entered', cell('entered'), '晚于现在', 'later than now')
      const noLane = refuse('lane', lane, '没有这条入口车道', 'no entry lane has this id')
      const wrong = [...(entered > nowMs ? [late] : []), ...(isKnown ? [] : [noLane])]
      return wrong.length > 0 || laneId === undefined
        ? wrong
        : { plate, colour, enteredAtMs: entered, laneId }
    },
  )
  return { cars: rows, bad, ...beside }
}

interface Recounted {
  /** Plates in normal form, and numbers of stays. */
  readonly there: ReadonlySet<string>
  readonly bad: readonly BadCell[]
}

/** What is written as a plate is, and is none: a car that was misspelt must not be taken for one that is gone. */
const likePlate = /\p{Script=Han}[A-Z0-9]{3,}|^[A-Z]{1,2}\d{4,}/u

const fault = (line: number, value: string, zh: string, en: string): BadCell => ({
  ...badCell(line, heading, value, zh, en),
  code: insideTable.code,
})

/**
 * The cars found by a recount, one or more per line, by plate or stay; other columns are ignored. A line that is not such a
 * list is an error: an empty list would end every stay of the lot.
 */
export function readRecount(text: string, stayIds: ReadonlySet<string>): Recounted {
  const there = new Set<string>()
  const bad: BadCell[] = []
  for (const [at, { line, cells: given }] of rowsOf(text).entries()) {
    const cells = given.map(readCell)
    const words = cells.flatMap((cell) => [cell, ...plateWords(cell)])
    const apart = cells.flatMap((cell) => cell.split(/[\s,;，；、|｜/]+/u))
    const ids = [...words, ...apart].filter((word) => stayIds.has(word))
    const found = [...cells, ...apart].flatMap(platesIn)
    for (const one of [...ids, ...found]) there.add(one)
    const odd = cells
      .flatMap(plateWords)
      .find((word) => !stayIds.has(word) && platesIn(word).length === 0 && isLikePlate(word))
    if (odd !== undefined) bad.push(fault(line, odd, '不是车牌', 'not a number plate'))
    const isHead = at === 0 && words.some((word) => [heading, 'plate'].includes(word))
    if (found.length + ids.length > 0 || isHead || odd !== undefined) continue
    bad.push(fault(line, cells.join(','), '这一行没有车牌', 'no plate in this line'))
  }
  if (there.size === 0 && bad.length === 0)
    bad.push(fault(1, '', '文件里没有车,会结束所有停车', 'no car in it: every stay would end'))
  return { there, bad }
}

const isLikePlate = (word: string): boolean => likePlate.test(compactPlate(word))
