// Cars inside as a table of text, for the day on which a lot changes over from another system: plate, colour, time of
// entry, lane. A bad cell is named by line, heading and value; nothing of a file with one is taken.
import { badCell, type BadCell } from '../member/member-csv.ts'
import { isoOf, parseIso, type InstantMs } from '../values/instant.ts'
import { readCell, rowsOf } from '../values/table-rows.ts'
import { normalisePlate, type PlateColour } from '../values/plates/plate.ts'

const headings = { plate: '车牌', colour: '颜色', entered: '入场时间', lane: '车道' } as const
type Column = keyof typeof headings
/** As other systems head them. */
const otherHeadings: Readonly<Record<Column, readonly string[]>> = {
  plate: ['车牌号', '车牌号码'],
  colour: ['车牌颜色'],
  entered: ['进场时间'],
  lane: ['入口'],
}
const columns = Object.keys(headings) as readonly Column[]

/** A map: a cell may say `constructor`. */
const colourWords: ReadonlyMap<string, PlateColour> = new Map([
  ['蓝', 'blue'],
  ['黄', 'yellow'],
  ['黑', 'black'],
  ['白', 'white'],
  ['绿', 'green'],
  ['渐变绿', 'green'],
  ['新能源绿', 'green'],
  ['黄绿', 'yellowGreen'],
  ['蓝白', 'blueWhite'],
  ['', 'unknown'],
])

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

const rowsMax = 5_000
const titleRowsMax = 3

const placeIn = (cells: readonly string[], column: Column): number =>
  cells
    .map(readCell)
    .findIndex(
      (name) =>
        name === column || name === headings[column] || otherHeadings[column].includes(name),
    )

/** `2026-11-20 08:02`, with slashes, seconds and parts of one as well, in the time of the lot; or ISO, in UTC too. */
function timeOf(text: string): InstantMs | null {
  if (text.endsWith('Z')) return parseIso(text)
  const shape =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(?:\+08:00)?$/
  const [, year, month = '', day = '', hour = '', minute = '', second = '00'] =
    shape.exec(text) ?? []
  if (year === undefined) return null
  const two = (part: string): string => part.padStart(2, '0')
  const iso = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`
  const atMs = parseIso(`${iso}+08:00`)
  return atMs !== null && isoOf(atMs).startsWith(iso) ? atMs : null
}

/** `lanes`: those that lead in, the first one where a line names none. */
export function readInsideCsv(
  text: string,
  { lanes, nowMs }: { readonly lanes: readonly string[]; readonly nowMs: InstantMs },
): ReadCars {
  const all = rowsOf(text)
  // The title of a sheet may stand above its headings.
  const headAt = all
    .slice(0, titleRowsMax + 1)
    .findIndex(({ cells }) => placeIn(cells, 'plate') >= 0 && placeIn(cells, 'entered') >= 0)
  const [head, ...rows] = all.slice(Math.max(0, headAt))
  const names = (head?.cells ?? []).map((cell) => readCell(cell))
  const placeOf = (column: Column): number => placeIn(names, column)
  const lacking = columns.find((one) => (one === 'plate' || one === 'entered') && placeOf(one) < 0)
  if (lacking !== undefined)
    return {
      cars: [],
      bad: [badCell(1, headings[lacking], names.join(','), '缺少这一列', 'this column is missing')],
    }
  if (rows.length > rowsMax)
    return {
      cars: [],
      bad: [
        badCell(1, headings.plate, String(rows.length), `最多 ${rowsMax} 行`, 'too many lines'),
      ],
    }
  const cars: CarInFile[] = []
  const bad: BadCell[] = []
  const seen = new Set<string>()
  for (const { line, cells } of rows) {
    const at = (column: Column): string => readCell(cells[placeOf(column)] ?? '')
    const refuse = (column: Column, zh: string, en: string): void => {
      bad.push(badCell(line, headings[column], at(column), zh, en))
    }
    const plate = normalisePlate(at('plate'))
    const colour = colourWords.get(at('colour').replace(/[牌色]$/u, ''))
    const enteredAtMs = timeOf(at('entered'))
    const laneId = at('lane') === '' ? lanes[0] : at('lane')
    if (plate === null) refuse('plate', '不是车牌', 'not a number plate')
    else if (seen.has(plate)) refuse('plate', '车牌写了两次', 'the plate stands twice')
    else if (colour === undefined) refuse('colour', '不是车牌颜色', 'not a colour of plates')
    else if (enteredAtMs === null)
      refuse('entered', '不是时间', 'not a time such as 2026-12-01 08:00')
    else if (enteredAtMs > nowMs) refuse('entered', '晚于现在', 'later than now')
    else if (laneId === undefined || !lanes.includes(laneId))
      refuse('lane', '没有这条入口车道', 'no entry lane has this id')
    else {
      seen.add(plate)
      cars.push({ plate, colour, enteredAtMs, laneId })
    }
  }
  return { cars, bad }
}

interface Recounted {
  /** Plates in normal form, and numbers of stays. */
  readonly there: ReadonlySet<string>
  readonly bad: readonly BadCell[]
}

/**
 * The cars that are really there, one or more a line, by plate or stay; other columns are passed over. What is no such list is
 * named by line: taken as one without cars, it would end every stay of the lot.
 */
export function readRecount(text: string, stayIds: ReadonlySet<string>): Recounted {
  const there = new Set<string>()
  const bad: BadCell[] = []
  const rows = rowsOf(text)
  for (const [at, { line, cells }] of rows.entries()) {
    const words = cells.flatMap((cell) => [cell.trim(), ...cell.split(/[\s,;；、]+/u)])
    const found = words.flatMap((word) => normalisePlate(word) ?? (stayIds.has(word) ? word : []))
    for (const one of found) there.add(one)
    const isHead = at === 0 && words.some((word) => [headings.plate, 'plate'].includes(word))
    if (found.length > 0 || isHead) continue
    bad.push(
      badCell(line, headings.plate, cells.join(','), '这一行没有车牌', 'no plate in this line'),
    )
  }
  if (there.size === 0 && bad.length === 0)
    bad.push(
      badCell(
        1,
        headings.plate,
        '',
        '文件里没有车,会结束所有停车',
        'no car in it: every stay would end',
      ),
    )
  return { there, bad }
}
