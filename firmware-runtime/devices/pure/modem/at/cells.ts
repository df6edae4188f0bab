// Signal figures of a cell from a modem's answers: +CSQ and +CESQ by 3GPP TS 27.007, +QENG by its maker. `-`, -32768,
// 99 and 255 mean unknown; a figure outside the reporting range is unknown as well.
import { note } from '#base/pure/words/notes.ts'
import type { SinrScale } from './asks.ts'

export interface Cell {
  readonly technology: 'LTE' | 'NR' | 'EN-DC'
  readonly rsrpDbm: number | null
  readonly rsrqDb: number | null
  readonly sinrDb: number | null
  readonly rssiDbm: number | null
}

/** NOCONN and CONNECT: in service; LIMSRV: camped on another operator's cell; SEARCH: no cell. */
const cellStates = ['NOCONN', 'CONNECT', 'LIMSRV', 'SEARCH'] as const
type CellState = (typeof cellStates)[number]

export type CellRead =
  | { readonly kind: 'cell'; readonly state: CellState | null; readonly cell: Cell }
  /** The modem answered, but has no cell. */
  | { readonly kind: 'none'; readonly state: CellState | null }
  | { readonly kind: 'refused'; readonly why: string }

const refused = (why: string): CellRead => ({ kind: 'refused', why })

/** Reporting ranges of 3GPP TS 36.133 and 38.133 with their extensions. */
const limits = {
  rsrpDbm: [-156, -29],
  rsrqDb: [-46, 21],
  sinrDb: [-30, 60],
  rssiDbm: [-140, 0],
} as const

/** Null when the figure is outside its reporting range. */
export const within = (name: keyof typeof limits, value: number | null): number | null =>
  value !== null && value >= limits[name][0] && value <= limits[name][1] ? value : null

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,5}$/.test(text) ? Number(text) : null

/** A number in +QENG; null (unknown) for empty, `-` and -32768. */
const qengNumber = (text: string | undefined): number | null => {
  const value = whole(text)
  return value === -32_768 ? null : value
}

const bare = (text: string): string => text.trim().replaceAll('"', '')

/** The fields after the colon, without quotes. */
const fieldsOf = (line: string): string[] =>
  line
    .slice(line.indexOf(':') + 1)
    .split(',')
    .map(bare)

const isUnknown = ({ rsrpDbm, rsrqDb, sinrDb }: Cell): boolean =>
  rsrpDbm === null && rsrqDb === null && sinrDb === null

/** RSSI in dBm: -113 + 2 n, n from 0 to 31; null: unknown (99); undefined: not a valid +CSQ line. */
export function rssiOfCsq(line: string): number | null | undefined {
  const fields = fieldsOf(line)
  const n = whole(fields[0])
  if (fields.length !== 2 || n === null || n < 0 || (n > 31 && n !== 99)) return undefined
  return n === 99 ? null : -113 + 2 * n
}

/** A count from 0 to `top`; null: unknown (255); undefined: not a valid count. */
function step(text: string | undefined, top: number): number | null | undefined {
  const n = whole(text)
  if (n === 255) return null
  return n === null || n < 0 || n > top ? undefined : n
}

const scaled = (n: number | null | undefined, to: (n: number) => number): number | null =>
  n === null || n === undefined ? null : to(n)

/** Six fields, nine when the modem supports 5G; each level is the upper edge of a bin of 1 dB or 0.5 dB. */
export function cellOfCesq(line: string): CellRead {
  const fields = fieldsOf(line)
  if (fields.length !== 6 && fields.length !== 9) return refused('CESQ')
  const [rsrq, rsrp] = [step(fields[4], 34), step(fields[5], 97)]
  const isNr = fields.length === 9
  const [ssRsrq, ssRsrp, ssSinr] = isNr
    ? [step(fields[6], 126), step(fields[7], 126), step(fields[8], 127)]
    : [null, null, null]
  if ([rsrq, rsrp, ssRsrq, ssRsrp, ssSinr].includes(undefined)) return refused('CESQ')
  const lte: Cell = {
    technology: 'LTE',
    sinrDb: null,
    rssiDbm: null,
    rsrpDbm: scaled(rsrp, (n) => n - 140),
    rsrqDb: scaled(rsrq, (n) => n / 2 - 19.5),
  }
  const nr: Cell = {
    technology: 'NR',
    rssiDbm: null,
    rsrpDbm: scaled(ssRsrp, (n) => n - 156),
    rsrqDb: scaled(ssRsrq, (n) => n / 2 - 43),
    sinrDb: scaled(ssSinr, (n) => n / 2 - 23),
  }
  if (!isUnknown(lte)) return { kind: 'cell', state: null, cell: lte }
  return isUnknown(nr) ? { kind: 'none', state: null } : { kind: 'cell', state: null, cell: nr }
}

function sinrOf(text: string | undefined, scale: SinrScale): number | null {
  const value = qengNumber(text)
  if (value === null || scale === 'db') return within('sinrDb', value)
  return value < 0 || value > 250 ? null : value / 5 - 20
}

interface Places {
  readonly rsrp: number
  readonly rsrq: number
  readonly sinr: number
  readonly rssi: number | null
}

/** Field numbers, counted from the first field after the technology. SA and NSA differ in their order. */
const places = {
  LTE: { rsrp: 10, rsrq: 11, rssi: 12, sinr: 13 },
  'NR5G-SA': { rsrp: 9, rsrq: 10, sinr: 11, rssi: null },
  'NR5G-NSA': { rsrp: 3, sinr: 4, rsrq: 5, rssi: null },
} as const satisfies Readonly<Record<string, Places>>

type QengMode = keyof typeof places

function cellAt(mode: QengMode, fields: readonly string[], scale: SinrScale): Cell | null {
  const at: Places = places[mode]
  if (fields.length <= Math.max(at.rsrp, at.rsrq, at.sinr)) return null
  return {
    technology: mode === 'LTE' ? 'LTE' : 'NR',
    rsrpDbm: within('rsrpDbm', qengNumber(fields[at.rsrp])),
    rsrqDb: within('rsrqDb', qengNumber(fields[at.rsrq])),
    // The raw scale is that of LTE; 5G lines give dB.
    sinrDb: sinrOf(fields[at.sinr], mode === 'LTE' ? scale : 'db'),
    rssiDbm: at.rssi === null ? null : within('rssiDbm', qengNumber(fields[at.rssi])),
  }
}

interface QengParts {
  readonly state: CellState | null
  readonly cells: ReadonlyMap<QengMode, Cell>
}

function qengParts(lines: readonly string[], scale: SinrScale): QengParts | string {
  let state: CellState | null = null
  const cells = new Map<QengMode, Cell>()
  for (const line of lines) {
    let fields = fieldsOf(line)
    if (fields[0] === 'servingcell') {
      const word = cellStates.find((known) => known === fields[1])
      if (word === undefined) return 'state'
      state = word
      fields = fields.slice(2)
    }
    const [name = ''] = fields
    if (name === '') continue
    if (!Object.hasOwn(places, name)) return name.slice(0, 20)
    const mode = name as QengMode
    const cell = cellAt(mode, fields.slice(1), scale)
    if (cell === null) return note('cellCut', mode)
    cells.set(mode, cell)
  }
  return { state, cells }
}

/**
 * One line, or three of EN-DC: the figures of the LTE anchor count, because without it there is no connection; the 5G
 * carrier only adds capacity. Its line stays in the record.
 */
export function cellOfQeng(lines: readonly string[], scale: SinrScale): CellRead {
  const parts = qengParts(lines, scale)
  if (typeof parts === 'string') return refused(parts)
  const { state, cells } = parts
  if (state === null) return refused(note('messageMisses', 'state'))
  const anchor = cells.get('LTE')
  const cell = anchor ?? cells.get('NR5G-SA') ?? cells.get('NR5G-NSA')
  if (cell === undefined || state === 'SEARCH' || isUnknown(cell)) return { kind: 'none', state }
  const isDual = anchor !== undefined && cells.has('NR5G-NSA')
  return { kind: 'cell', state, cell: isDual ? { ...cell, technology: 'EN-DC' } : cell }
}
