// Draws a predicted field on a canvas: bands of level, the contour of the limit, the area and the needed
// part, the trigger, the antenna, the neighbour lane; boom on top (plan-frame.ts). Colours are tokens.
import type { Raster } from '#survey/pure/field/field-map.ts'
import type { GridTemplate, PointMm } from '#survey/pure/field/grid.ts'
import { bandCount, bandOf } from '#survey/pure/field/heat-bands.ts'
import type { AreaMm } from '#survey/pure/file/record.ts'
import { planFrame, wholeArea, type PlanFrame } from '#survey/pure/field/plan-frame.ts'

export interface ZoneDrawing {
  readonly raster: Raster
  readonly contour: readonly (readonly PointMm[])[]
  readonly grid: GridTemplate
  readonly needed: AreaMm | null
  readonly trigger: PointMm | null
  readonly neighbour: AreaMm | null
  /** Measured points, in the lane and in the neighbour lane. */
  readonly measured: readonly PointMm[]
  readonly antenna: PointMm
  readonly words: { readonly neighbour: string; readonly boom: string }
}

interface DrawingLook {
  readonly heat: readonly string[]
  readonly text: string
  readonly surface: string
  readonly font: string
}

function drawingLook(at: Element): DrawingLook {
  const style = getComputedStyle(at)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    heat: Array.from({ length: bandCount }, (_, band) => token(`heat-${band}`)),
    text: token('text'),
    surface: token('surface'),
    font: style.fontFamily,
  }
}

const edgePx = 2

function frameOf({ columns, rows }: Raster, width: number, height: number): PlanFrame {
  const [left, right] = [columns[0] ?? 0, columns.at(-1) ?? 1]
  const [near, far] = [rows[0] ?? 0, rows.at(-1) ?? 1]
  const scale = Math.min(
    (width - 2 * edgePx) / (right - left),
    (height - 2 * edgePx) / (far - near),
  )
  return planFrame({
    corner: { xMm: left, yMm: near },
    mmPerUnit: 1 / scale,
    at: { x: (width - (right - left) * scale) / 2, y: edgePx },
  })
}

type Pen = CanvasRenderingContext2D

function bands(
  pen: Pen,
  { columns, rows, levels }: Raster,
  frame: PlanFrame,
  look: DrawingLook,
): void {
  const wide = ((columns.at(-1) ?? 0) - (columns[0] ?? 0)) / Math.max(1, columns.length - 1)
  const long = ((rows.at(-1) ?? 0) - (rows[0] ?? 0)) / Math.max(1, rows.length - 1)
  // Slightly larger than a cell, so that there are no gaps between cells.
  const [w, h] = [frame.size(wide) + 0.7, frame.size(long) + 0.7]
  let i = 0
  for (const yMm of rows)
    for (const xMm of columns) {
      const level = levels[i++] ?? null
      if (level === null) continue
      pen.fillStyle = look.heat[bandOf(level)] ?? look.surface
      pen.fillRect(frame.x(xMm - wide / 2), frame.y(yMm - long / 2), w, h)
    }
}

/** Draws a line twice, in both ink colours, so that it is visible on every band. */
function twice(pen: Pen, look: DrawingLook, width: number, draw: () => void): void {
  pen.strokeStyle = look.surface
  pen.lineWidth = width + 2.5
  draw()
  pen.strokeStyle = look.text
  pen.lineWidth = width
  draw()
}

const boxOf = (pen: Pen, frame: PlanFrame, area: AreaMm) => (): void => {
  const { x, y, width, height } = frame.box(area)
  pen.strokeRect(x, y, width, height)
}

/** A label that is kept within the picture. */
function label(pen: Pen, look: DrawingLook, text: string, at: number, y: number): void {
  pen.font = `12px ${look.font}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  const width = pen.measureText(text).width + 8
  const x = Math.min(at, pen.canvas.width / pen.getTransform().a - width / 2)
  pen.fillStyle = look.surface
  pen.fillRect(x - width / 2, y - 9, width, 18)
  pen.fillStyle = look.text
  pen.fillText(text, x, y)
}

function marks(pen: Pen, zone: ZoneDrawing, frame: PlanFrame, look: DrawingLook): void {
  const { grid, needed, trigger, neighbour, measured, antenna, words } = zone
  const dashed = (dash: readonly number[], width: number, area: AreaMm): void => {
    pen.setLineDash([...dash])
    twice(pen, look, width, boxOf(pen, frame, area))
    pen.setLineDash([])
  }
  dashed([7, 5], 1.5, wholeArea(grid))
  if (needed !== null) dashed([2, 4], 1.5, needed)
  if (neighbour !== null) {
    dashed([7, 5], 1, neighbour)
    const middle = frame.x((neighbour.leftMm + neighbour.rightMm) / 2)
    label(pen, look, words.neighbour, middle, frame.y(neighbour.nearMm) + 14)
  }
  for (const { xMm, yMm } of measured) {
    pen.fillStyle = look.text
    pen.fillRect(frame.x(xMm) - 1.5, frame.y(yMm) - 1.5, 3, 3)
  }
  twice(pen, look, 2.5, () => {
    for (const line of zone.contour) {
      pen.beginPath()
      line.forEach(({ xMm, yMm }, i) =>
        i === 0 ? pen.moveTo(frame.x(xMm), frame.y(yMm)) : pen.lineTo(frame.x(xMm), frame.y(yMm)),
      )
      pen.stroke()
    }
  })
  if (trigger !== null)
    twice(pen, look, 2, () => {
      const [x, y] = [frame.x(trigger.xMm), frame.y(trigger.yMm)]
      pen.beginPath()
      pen.moveTo(x - 9, y)
      pen.lineTo(x + 9, y)
      pen.moveTo(x, y - 9)
      pen.lineTo(x, y + 9)
      pen.stroke()
    })
  twice(pen, look, 2, () => {
    pen.beginPath()
    pen.arc(frame.x(antenna.xMm), frame.y(antenna.yMm), 5, 0, 2 * Math.PI)
    pen.stroke()
  })
  label(pen, look, words.boom, frame.x(grid.widthMm / 2), frame.y(-350))
}

export function drawZone(
  canvas: HTMLCanvasElement,
  zone: ZoneDrawing,
  size: { readonly width: number; readonly height: number },
  dots: number,
): void {
  const pen = canvas.getContext('2d')
  if (pen === null || size.width < 1 || size.height < 1) return
  canvas.width = Math.round(size.width * dots)
  canvas.height = Math.round(size.height * dots)
  pen.scale(dots, dots)
  const look = drawingLook(canvas)
  const frame = frameOf(zone.raster, size.width, size.height)
  bands(pen, zone.raster, frame, look)
  marks(pen, zone, frame, look)
}
