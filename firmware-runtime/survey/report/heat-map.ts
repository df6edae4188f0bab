// The field of a survey as a drawing (SVG): fixed colours and scale, so that two drawings can be compared. Measured
// points are squares with their figure, the area between them is paler. Boom at the top (plan-frame.ts).
import { contourOf } from '../pure/field/contour.ts'
import { groundPieces, groundRaster } from '../pure/field/field-ground.ts'
import { levelsAt } from '../pure/field/field-readings.ts'
import { pointKey, type PointMm } from '../pure/field/grid.ts'
import { bandDb, bandOf, lowestDbm } from '../pure/field/heat-bands.ts'
import { planFrame, wholeArea } from '../pure/field/plan-frame.ts'
import type { SurveyProject } from '../pure/file/project.ts'
import type { AreaMm } from '../pure/file/record.ts'
import type { FieldView } from '../pure/file/survey-view.ts'
import { reportFont } from './report-plots.ts'

/** Viridis in even steps, -70 to -20 dBm in steps of 5 dB: rising brightness, safe for colour-blind readers. */
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
const colourOf = (levelDbm: number): string => colours[bandOf(levelDbm)] ?? colours[0]

const mmPerUnit = 10
/** Margin around the field, for names and the bar. */
const marginMm = 500
const legendWidth = 105
/** Size of the figures, in units: two digits are as wide as a point. */
export const heatMapFigure = 14
/** Size of a point, mm: those of the edge column are 200 mm apart. */
const pointMm = 180

interface Frame {
  x(mm: number): string
  y(mm: number): string
  size(mm: number): string
}

const unit = (value: number): string => String(Math.round(value * 10) / 10)

function frameOf({ extent }: FieldView): Frame {
  const corner = { xMm: extent.leftMm - marginMm, yMm: extent.nearMm - marginMm }
  const frame = planFrame({ corner, mmPerUnit })
  return {
    x: (mm) => unit(frame.x(mm)),
    y: (mm) => unit(frame.y(mm)),
    size: (mm) => unit(frame.size(mm)),
  }
}

const line = (frame: Frame, points: readonly PointMm[]): string =>
  points.map(({ xMm, yMm }, i) => `${i === 0 ? 'M' : 'L'}${frame.x(xMm)} ${frame.y(yMm)}`).join('')

function ground(survey: SurveyProject, view: FieldView, frame: Frame): string {
  const around = survey.opened?.grid.ring?.offsetMm ?? 0
  const raster = groundRaster([...levelsAt(survey, 'lane').values()], view, around)
  const pieces = groundPieces(raster).map(({ band, leftMm, rightMm, nearMm, farMm }) => {
    // A little wider than its place, so that no gap shows between two.
    const size = `width="${frame.size(rightMm - leftMm + 4)}" height="${frame.size(farMm - nearMm + 4)}"`
    return `<rect x="${frame.x(leftMm)}" y="${frame.y(nearMm)}" ${size} fill="${colours[band] ?? ''}"/>`
  })
  const limit = contourOf(raster, view.limitDbm)
    .map((points) => line(frame, points))
    .join('')
  return (
    `<g opacity="0.55">${pieces.join('')}</g>` +
    `<path d="${limit}" fill="none" stroke="#000" stroke-width="2"/>`
  )
}

/** Measured points in the lane, and in the neighbouring lane, where the limit must not be reached. */
function cells(view: FieldView, frame: Frame): string {
  const plannedKeys = new Set(view.cells.map(pointKey))
  const nextDoor = view.neighbour
    .filter((one) => !plannedKeys.has(pointKey(one)))
    .map((one) => ({ ...one, verdict: one.levelDbm >= view.limitDbm ? 'fail' : 'pass' }))
  return [...view.cells, ...nextDoor]
    .map(({ xMm, yMm, levelDbm, verdict }) => {
      const [x, y] = [frame.x(xMm), frame.y(yMm)]
      if (levelDbm === null)
        return `<circle cx="${x}" cy="${y}" r="2" fill="none" stroke="#777" stroke-width="0.5"/>`
      // A failed point has a cross, so that it does not depend on colour alone.
      const size = frame.size(pointMm)
      const half = pointMm / 2
      const box = `<rect x="${frame.x(xMm - half)}" y="${frame.y(yMm - half)}" width="${size}" height="${size}"`
      const bad = verdict === 'fail'
      const edge = bad ? 'stroke="#c00" stroke-width="1.6"' : 'stroke="#fff" stroke-width="0.6"'
      const ink = bandOf(levelDbm) < 5 ? '#fff' : '#000'
      const figure = `<text x="${x}" y="${y}" dy="5" fill="${ink}">${-Math.round(levelDbm)}</text>`
      return `${box} fill="${colourOf(levelDbm)}" ${edge}/>${figure}`
    })
    .join('')
}

/** The box dashed, and the needed area in it dotted. */
function area({ needed, ...view }: FieldView, frame: Frame): string {
  const outline = ({ leftMm, rightMm, nearMm, farMm }: AreaMm, dash: string): string =>
    `<rect x="${frame.x(leftMm)}" y="${frame.y(nearMm)}" width="${frame.size(rightMm - leftMm)}" ` +
    `height="${frame.size(farMm - nearMm)}" fill="none" stroke="#000" stroke-dasharray="${dash}"/>`
  return outline(wholeArea(view), '4 3') + (needed === null ? '' : outline(needed, '1 3'))
}

/** The name of the neighbouring lane over the points measured there. */
function nextDoor({ neighbour }: FieldView, frame: Frame, word: string): string {
  if (neighbour.length === 0) return ''
  const xs = neighbour.map(({ xMm }) => xMm)
  const nearMm = Math.min(...neighbour.map(({ yMm }) => yMm))
  const middle = frame.x((Math.min(...xs) + Math.max(...xs)) / 2)
  return `<text x="${middle}" y="${frame.y(nearMm - 150)}" fill="#000">${word}</text>`
}

function marks(view: FieldView, frame: Frame, words: MapWords): string {
  const { trigger } = view
  const below = view.extent.farMm + 440
  const cross =
    trigger === null
      ? ''
      : `<path d="M${frame.x(trigger.xMm - 120)} ${frame.y(trigger.yMm)}h24` +
        `M${frame.x(trigger.xMm)} ${frame.y(trigger.yMm - 120)}v24" stroke="#000" stroke-width="2"/>`
  const bar =
    `<path d="M${frame.x(0)} ${frame.y(below)}h100m-100 -4v8m100 -8v8" stroke="#000" fill="none"/>` +
    `<text x="${frame.x(500)}" y="${frame.y(below - 20)}" fill="#000">1 m</text>`
  const middle = frame.x(view.widthMm / 2)
  const boom = `<text x="${middle}" y="${frame.y(view.extent.nearMm - 380)}" fill="#000">${words.boom}</text>`
  return cross + bar + boom + nextDoor(view, frame, words.neighbour)
}

function legend(view: FieldView): string {
  const x = heatMapSize(view).width - legendWidth
  const title = `<text x="${x}" y="14" fill="#000" text-anchor="start">dBm</text>`
  const bands = colours
    .map((colour, i) => {
      const y = 20 + (colours.length - 1 - i) * 22
      const from = lowestDbm + i * bandDb
      const last = i === colours.length - 1
      const text =
        i === 0 ? `&lt; ${from + bandDb}` : last ? `≥ ${from}` : `${from} ~ ${from + bandDb}`
      return (
        `<rect x="${x}" y="${y}" width="18" height="18" fill="${colour}"/>` +
        `<text x="${x + 24}" y="${y + 14}" fill="#000" text-anchor="start">${text}</text>`
      )
    })
    .join('')
  return title + bands
}

/** Units of the drawing. */
export function heatMapSize(view: FieldView): { width: number; height: number } {
  const { leftMm, rightMm, nearMm, farMm } = view.extent
  return {
    width: Number(unit((rightMm - leftMm + 2 * marginMm) / mmPerUnit + legendWidth)),
    height: Number(unit((farMm - nearMm + 2 * marginMm) / mmPerUnit)),
  }
}

interface MapWords {
  readonly boom: string
  readonly neighbour: string
}

/** A complete drawing; figures are levels in -dBm, the black line is the limit. */
export function heatMapSvg(survey: SurveyProject, view: FieldView, words: MapWords): string {
  const frame = frameOf(view)
  const { width, height } = heatMapSize(view)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" ` +
    `font-family="${reportFont}" font-size="${heatMapFigure}" text-anchor="middle">` +
    ground(survey, view, frame) +
    area(view, frame) +
    cells(view, frame) +
    marks(view, frame, words) +
    `${legend(view)}</svg>`
  )
}
