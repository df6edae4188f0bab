// The field of a survey as a drawing (SVG): fixed colours and scale, so that two pictures can be compared.
// Measured points are squares with their figure, what lies between is paler and without one.
import { contourOf } from '../../core/survey/contour.ts'
import { rasterOf } from '../../core/survey/field-map.ts'
import { levelsAt } from '../../core/survey/field-readings.ts'
import { stations, type PointMm } from '../../core/survey/grid.ts'
import { fieldLimitDbm } from '../../core/survey/items/d05-field.ts'
import type { SurveyProject } from '../../core/survey/project.ts'
import type { FieldView } from './survey-view.ts'

/** Viridis at even steps, -70 to -20 dBm in steps of 5 dB: rises in brightness, safe for all eyes. */
const colours = [
  '#440154',
  '#482475',
  '#414487',
  '#355f8d',
  '#2a788e',
  '#21918c',
  '#22a884',
  '#44bf70',
  '#7ad151',
  '#fde725',
] as const
const lowestDbm = -70
const stepDb = 5

const bandOf = (levelDbm: number): number =>
  Math.min(colours.length - 1, Math.max(0, Math.floor((levelDbm - lowestDbm) / stepDb)))
export const colourOf = (levelDbm: number): string => colours[bandOf(levelDbm)] ?? colours[0]

/** Millimetres of lane to a unit of the drawing. */
const scale = 0.1
const marginMm = 500
const between = 100

interface Frame {
  x(mm: number): string
  /** The boom is below: what is near stands at the bottom, as the driver comes from above. */
  y(mm: number): string
  size(mm: number): string
}

const unit = (value: number): string => String(Math.round(value * 10) / 10)

function frameOf(view: FieldView): Frame {
  return {
    x: (mm) => unit((mm + marginMm) * scale),
    y: (mm) => unit((view.lengthMm + marginMm - mm) * scale),
    size: (mm) => unit(mm * scale),
  }
}

const line = (frame: Frame, points: readonly PointMm[]): string =>
  points.map(({ xMm, yMm }, i) => `${i === 0 ? 'M' : 'L'}${frame.x(xMm)} ${frame.y(yMm)}`).join('')

function ground(survey: SurveyProject, view: FieldView, frame: Frame): string {
  const out = survey.opened?.grid.ring?.offsetMm ?? 0
  const axis = (mm: number): readonly number[] =>
    stations(mm + 2 * out, between).map((at) => at - out)
  const columns = axis(view.widthMm)
  const rows = axis(view.lengthMm)
  const raster = rasterOf([...levelsAt(survey, 'lane').values()], columns, rows)
  const squares = raster.levels.flatMap((level, i) => {
    if (level === null) return []
    const xMm = columns[i % columns.length] ?? 0
    const yMm = rows[Math.floor(i / columns.length)] ?? 0
    const at = `x="${frame.x(xMm - between / 2)}" y="${frame.y(yMm + between / 2)}"`
    const size = frame.size(between)
    return [`<rect ${at} width="${size}" height="${size}" fill="${colourOf(level)}"/>`]
  })
  const limit = contourOf(raster, fieldLimitDbm)
    .map((points) => line(frame, points))
    .join('')
  return (
    `<g opacity="0.55">${squares.join('')}</g>` +
    `<path d="${limit}" fill="none" stroke="#000" stroke-width="2"/>`
  )
}

function cells({ cells: all }: FieldView, frame: Frame): string {
  return all
    .map(({ xMm, yMm, levelDbm, verdict }) => {
      const [x, y] = [frame.x(xMm), frame.y(yMm)]
      if (levelDbm === null)
        return `<circle cx="${x}" cy="${y}" r="2" fill="none" stroke="#777" stroke-width="0.5"/>`
      // A cross on a failed point: colour is never alone.
      const box = `<rect x="${frame.x(xMm - 80)}" y="${frame.y(yMm + 80)}" width="16" height="16"`
      const bad = verdict === 'fail'
      const edge = bad ? 'stroke="#c00" stroke-width="1.6"' : 'stroke="#fff" stroke-width="0.6"'
      const ink = bandOf(levelDbm) < 5 ? '#fff' : '#000'
      const figure = `<text x="${x}" y="${y}" dy="2.2" fill="${ink}">${-Math.round(levelDbm)}</text>`
      return `${box} fill="${colourOf(levelDbm)}" ${edge}/>${figure}`
    })
    .join('')
}

function frameLines(view: FieldView, frame: Frame): string {
  const box =
    `<rect x="${frame.x(0)}" y="${frame.y(view.lengthMm)}" width="${frame.size(view.widthMm)}" ` +
    `height="${frame.size(view.lengthMm)}" fill="none" stroke="#000" stroke-dasharray="4 3"/>`
  const { trigger } = view
  const cross =
    trigger === null
      ? ''
      : `<path d="M${frame.x(trigger.xMm - 120)} ${frame.y(trigger.yMm)}h24` +
        `M${frame.x(trigger.xMm)} ${frame.y(trigger.yMm - 120)}v-24" stroke="#000" stroke-width="2"/>`
  const bar =
    `<path d="M${frame.x(0)} ${frame.y(-430)}h100m-100 -4v8m100 -8v8" stroke="#000" fill="none"/>` +
    `<text x="${frame.x(500)}" y="${frame.y(-350)}" fill="#000">1 m</text>`
  return box + cross + bar
}

function legend(view: FieldView): string {
  const x = Number(unit((view.widthMm + 2 * marginMm) * scale))
  return colours
    .map((colour, i) => {
      const y = 20 + (colours.length - 1 - i) * 22
      const from = lowestDbm + i * stepDb
      const text = i === 0 ? `< ${from + stepDb}` : `${from} …`
      return (
        `<rect x="${x}" y="${y}" width="18" height="18" fill="${colour}"/>` +
        `<text x="${x + 24}" y="${y + 12}" fill="#000" text-anchor="start">${text}</text>`
      )
    })
    .join('')
}

/** A drawing of its own; figures are levels in -dBm, the black line is the limit. */
export function heatMapSvg(survey: SurveyProject, view: FieldView): string {
  const frame = frameOf(view)
  const width = unit((view.widthMm + 2 * marginMm) * scale + 70)
  const height = unit((view.lengthMm + 2 * marginMm) * scale)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `font-family="sans-serif" font-size="7" text-anchor="middle">` +
    ground(survey, view, frame) +
    cells(view, frame) +
    frameLines(view, frame) +
    `<g font-size="9">${legend(view)}</g></svg>`
  )
}
