// Exports the cost of a tariff: the curve over the length of a stay, and who would pay more, as a table (CSV) and as a
// self-contained picture (SVG). Pure text, the same by button and by command.
import { csvLine, csvText } from './csv-text.ts'
import type { Fen } from '../values/fen.ts'

interface Curve {
  readonly stepMin: number
  readonly fen: readonly Fen[]
}

/** Stays of one group of lengths, and what they paid before and after a change of the tariff. */
export interface StayGroup {
  /** Upper bound in minutes; null: no upper bound. */
  readonly toMin: number | null
  readonly stays: number
  readonly up: number
  readonly down: number
  readonly before: Fen
  readonly after: Fen
}

const yuanText = (fen: Fen): string => (fen / 100).toFixed(2)

const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  csvText([
    csvLine(heads.map((text) => ({ text, isNumber: false }))),
    ...rows.map((row) => csvLine(row.map((text) => ({ text, isNumber: /^[\d.]+$/.test(text) })))),
  ])

/** `before`: curve of the tariff to compare with; null: no comparison. */
export const curveCsv = (now: Curve, before: Curve | null): string =>
  tableOf(
    ['停车分钟', '应收（元）', ...(before === null ? [] : ['原应收（元）'])],
    now.fen.map((fen, i) => [
      String(i * now.stepMin),
      yuanText(fen),
      ...(before === null ? [] : [yuanText(before.fen[i] ?? 0)]),
    ]),
  )

export const whoPaysCsv = (groups: readonly StayGroup[]): string =>
  tableOf(
    ['停车时长至（分钟）', '停车数', '多付', '少付', '原应收（元）', '新应收（元）'],
    groups.map(({ toMin, stays, up, down, before, after }) => [
      toMin === null ? '更长' : String(toMin),
      ...[stays, up, down].map(String),
      yuanText(before),
      yuanText(after),
    ]),
  )

const box = { width: 800, height: 420, left: 70, right: 20, top: 50, bottom: 50 }
const inner = { width: box.width - box.left - box.right, height: box.height - box.top - box.bottom }
const colours = { now: '#1652a8', before: '#8a8f98', up: '#a33a2a', down: '#1f7a3f' }

const picture = (title: string, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box.width} ${box.height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${box.width}" height="${box.height}" fill="#fff"/>`,
    `<text x="${box.left}" y="28" font-size="16">${title}</text>`,
    ...parts,
    '</svg>\n',
  ].join('\n')

/** Smallest step of 1, 2 or 5 times a power of ten that gives at most five lines. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 5)))
  return [1, 2, 5, 10].map((n) => n * power).find((step) => most / step <= 5) ?? 10 * power
}

/** Horizontal grid lines with labels, up to the first one that is not below the maximum. */
function gridOf(most: number, word: (value: number) => string) {
  const step = stepOf(most)
  const top = Math.max(1, Math.ceil(most / step)) * step
  const y = (value: number): number => box.height - box.bottom - (value / top) * inner.height
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => {
    const at = y(i * step).toFixed(1)
    return `<line x1="${box.left}" x2="${box.width - box.right}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${box.left - 8}" y="${at}" dy="4" text-anchor="end">${word(i * step)}</text>`
  })
  return { y, lines }
}

export function curveSvg(now: Curve, before: Curve | null): string {
  const { y, lines } = gridOf(Math.max(100, ...now.fen, ...(before?.fen ?? [])), yuanText)
  const wholeMin = Math.max(1, (now.fen.length - 1) * now.stepMin)
  const x = (min: number): string => (box.left + (min / wholeMin) * inner.width).toFixed(1)
  const stairs = ({ fen, stepMin }: Curve): string =>
    fen
      .map((one, i) => `${i === 0 ? `M${x(0)} ` : `H${x(i * stepMin)}V`}${y(one).toFixed(1)}`)
      .join('')
  const path = (curve: Curve, colour: string): string =>
    `<path d="${stairs(curve)}" fill="none" stroke="${colour}" stroke-width="2"/>`
  const hours = Array.from({ length: 7 }, (_, i) => (wholeMin * i) / 6)
  const ticks = hours.map(
    (min) =>
      `<text x="${x(min)}" y="${box.height - box.bottom + 20}" text-anchor="middle">${(min / 60).toFixed(1)} h</text>`,
  )
  return picture('停车费（元） · 停车时长', [
    ...lines,
    ...ticks,
    ...(before === null ? [] : [path(before, colours.before)]),
    path(now, colours.now),
  ])
}

export function whoPaysSvg(groups: readonly StayGroup[]): string {
  const most = Math.max(1, ...groups.flatMap(({ up, down }) => [up, down]))
  const { y, lines } = gridOf(most, String)
  const width = inner.width / Math.max(1, groups.length)
  const bar = (at: number, count: number, colour: string): string =>
    `<rect x="${at.toFixed(1)}" y="${y(count).toFixed(1)}" width="${(width / 3).toFixed(1)}" height="${(y(0) - y(count)).toFixed(1)}" fill="${colour}"><title>${count}</title></rect>`
  const bars = groups.flatMap(({ toMin, up, down }, i) => {
    const left = box.left + i * width
    const word = toMin === null ? '更长' : `≤ ${toMin / 60} h`
    return [
      bar(left + width / 8, up, colours.up),
      bar(left + width / 8 + width / 3, down, colours.down),
      `<text x="${(left + width / 2).toFixed(1)}" y="${box.height - box.bottom + 20}" text-anchor="middle">${word}</text>`,
    ]
  })
  return picture('多付（红）与少付（绿）的停车数 · 按停车时长', [...lines, ...bars])
}
