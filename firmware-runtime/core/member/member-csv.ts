// The list of members as a table of text, for spreadsheets: written with Chinese headings, read with those or ours.
// A bad cell is named by line, heading and value; nothing of a file with one is taken.
import type { BilingualText } from '../faults/faults.ts'
import { memberKinds, type Member, type MemberKind } from '../values/rows/member-row.ts'
import { readCell, rowsOf, type TextRow } from '../values/table-rows.ts'
import { memberPlate, memberRefusal, memberTwice } from './member-rules.ts'

const headings = {
  no: '编号',
  kind: '类别',
  name: '姓名',
  plates: '车牌',
  spaces: '车位',
  areas: '区域',
  from: '起始日',
  until: '截止日',
} as const satisfies Record<keyof Member, string>
type Column = keyof typeof headings
const columns = Object.keys(headings) as readonly Column[]

const kindWords: Record<MemberKind, string> = {
  period: '月租车',
  white: '白名单',
  emergency: '应急',
  visitor: '访客',
  points: '积分会员',
}

export const memberRowsMax = 2_000

export interface BadCell {
  /** Of the file, from 1. */
  readonly line: number
  readonly field: string
  readonly value: string
  readonly text: BilingualText
}

/** A spreadsheet would take it for a formula. */
const written = (text: string): string => {
  const safe = /^[\s]*[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
/** As spreadsheets read it: marked as UTF-8, lines ended as theirs. */
export const csvTable = (lines: readonly (readonly string[])[]): string =>
  `\ufeff${lines.map((cells) => `${cells.map(written).join(',')}\r\n`).join('')}`

const words = (text: string): string[] => text.split(/[\s;;、]+/u).filter((word) => word !== '')

export function membersCsv(members: readonly Member[]): string {
  const lines = members.map((one) => [
    one.no,
    kindWords[one.kind],
    one.name,
    one.plates.join(' '),
    one.spaces === null ? '' : String(one.spaces),
    one.areas?.join(' ') ?? '',
    one.from,
    one.until ?? '',
  ])
  return csvTable([columns.map((name) => headings[name]), ...lines])
}

const kindOf = (word: string): MemberKind | undefined =>
  memberKinds.find((kind) => kind === word || kindWords[kind] === word)

/** As spreadsheets write days: 2026/1/5 as well. */
export const dayOf = (text: string): string => {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? []
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

export const badCell = (
  line: number,
  field: string,
  value: string,
  zh: string,
  en: string,
): BadCell => ({ line, field, value: value.slice(0, 80), text: { zh, en } })

interface ReadMembers {
  readonly members: readonly Member[]
  readonly bad: readonly BadCell[]
}

function placesOf({ line, cells }: TextRow): Map<Column, number> | BadCell {
  const places = new Map<Column, number>()
  for (const [at, cell] of cells.entries()) {
    const name = columns.find((one) => one === cell.trim() || headings[one] === cell.trim())
    if (name === undefined) return badCell(line, '', cell, '不认识的表头', 'an unknown heading')
    if (places.has(name)) return badCell(line, cell, cell, '表头写了两次', 'a heading stands twice')
    places.set(name, at)
  }
  const missing = columns.find((name) => !places.has(name))
  return missing === undefined
    ? places
    : badCell(line, headings[missing], '', '缺少这一列', 'this column is missing')
}

function memberOf(row: TextRow, places: Map<Column, number>): Member | BadCell {
  const cell = (name: Column): string => readCell(row.cells[places.get(name) ?? -1] ?? '')
  const refuse = (name: Column, value: string, zh: string, en: string): BadCell =>
    badCell(row.line, headings[name], value, zh, en)
  if (row.cells.length > places.size)
    return badCell(
      row.line,
      '',
      row.cells.at(-1) ?? '',
      '这一行的列太多',
      'too many cells in this line',
    )
  // A file that was cut ends a pass nowhere: an empty last day is one without end.
  if (row.cells.length < places.size)
    return badCell(row.line, '', '', '这一行的列不够', 'too few cells in this line')
  const kind = kindOf(cell('kind'))
  if (kind === undefined) {
    const known = Object.values(kindWords).join('、')
    return refuse('kind', cell('kind'), `类别为 ${known}`, `one of ${memberKinds.join(', ')}`)
  }
  const spaces = cell('spaces')
  if (spaces !== '' && !/^\d{1,3}$/.test(spaces))
    return refuse('spaces', spaces, '车位为整数,空着为不限', 'a whole number, empty for no limit')
  const areas = words(cell('areas'))
  const until = dayOf(cell('until'))
  return {
    no: cell('no'),
    kind,
    name: cell('name'),
    plates: words(cell('plates')).map((plate) => memberPlate(plate, kind) ?? plate),
    spaces: spaces === '' ? null : Number(spaces),
    areas: areas.length === 0 ? null : areas,
    from: dayOf(cell('from')),
    until: until === '' ? null : until,
  }
}

const isBad = (found: Member | BadCell): found is BadCell => 'line' in found

/** Every bad line by its first bad cell. The file is the whole list. */
export function readMembersCsv(text: string, areas: readonly string[]): ReadMembers {
  const [head, ...rows] = rowsOf(text)
  if (head === undefined)
    return { members: [], bad: [badCell(1, '', '', '文件是空的', 'the file is empty')] }
  const places = placesOf(head)
  if (!(places instanceof Map)) return { members: [], bad: [places] }
  if (rows.length > memberRowsMax)
    return {
      members: [],
      bad: [
        badCell(
          head.line,
          '',
          String(rows.length),
          `最多 ${memberRowsMax} 行`,
          `at most ${memberRowsMax} lines`,
        ),
      ],
    }
  const members: Member[] = []
  const lineOf = new Map<string, number>()
  const refused: BadCell[] = []
  for (const row of rows) {
    const found = memberOf(row, places)
    if (isBad(found)) {
      refused.push(found)
      continue
    }
    const wrong = memberRefusal(found, areas)
    if (wrong !== null) refused.push({ ...wrong, line: row.line, field: headings[wrong.field] })
    else if (lineOf.has(found.no))
      refused.push(badCell(row.line, headings.no, found.no, '编号重复', 'this number stands twice'))
    else members.push(found)
    if (!lineOf.has(found.no)) lineOf.set(found.no, row.line)
  }
  const twice = memberTwice(members)
  if (twice !== null)
    refused.push(
      badCell(
        lineOf.get(twice.no) ?? 0,
        headings.plates,
        twice.plate,
        `与编号 ${twice.otherNo} 重复`,
        `also in number ${twice.otherNo}`,
      ),
    )
  return { members, bad: refused }
}
