// Replaces blocks of a drawing by what they show: the copies of an array, and the content of a block that holds several
// frames or texts. A block with one frame alone, or none, is itself the frame of a space.
import type { DxfBlock, DxfEntity, DxfPoint } from 'dxf/lib/parseString.js'

interface Point {
  readonly x: number
  readonly y: number
}
type Move = (point: DxfPoint) => Point

/** An entity with its layer and the map from its own coordinates to those of the drawing. */
export interface ShownEntity {
  readonly one: DxfEntity
  readonly layer: string
  readonly move: Move
  /** Corners of the only frame of a block. */
  readonly corners?: readonly Point[]
}

/** Blocks stand in blocks; CAD programs refuse a circle, a damaged file may have one. */
const depthMax = 8
/** Ten thousand spaces, each with text and frame. */
const shownMax = 20_000
/** Of the size of a polyline: end points of a line that was closed by hand. */
const closedWithin = 1e-3

/** Corners of a closed line, without a last point that repeats the first; empty: it is open. */
export function cornersOf({ vertices = [], closed }: DxfEntity): readonly DxfPoint[] {
  const [first, last] = [vertices[0], vertices.at(-1)]
  if (first === undefined || last === undefined) return []
  const gap = (a: DxfPoint, b: DxfPoint): number =>
    Math.hypot((a.x ?? 0) - (b.x ?? 0), (a.y ?? 0) - (b.y ?? 0))
  const size = Math.max(...vertices.map((one) => gap(one, first)))
  const isRepeated = vertices.length > 1 && gap(first, last) <= size * closedWithin
  const corners = isRepeated ? vertices.slice(0, -1) : vertices
  return (closed === true || isRepeated) && corners.length >= 3 ? corners : []
}

const isLine = ({ type }: DxfEntity): boolean => type === 'LWPOLYLINE' || type === 'POLYLINE'
const isText = ({ type }: DxfEntity): boolean => type === 'TEXT' || type === 'MTEXT'

function* cellsOf(insert: DxfEntity): Generator<Point> {
  const { rowCount = 1, columnCount = 1, rowSpacing = 0, columnSpacing = 0 } = insert
  for (let row = 0; row < Math.max(1, rowCount); row++)
    for (let column = 0; column < Math.max(1, columnCount); column++)
      yield { x: column * columnSpacing, y: row * rowSpacing }
}

/** The array is turned with its block, and not scaled. */
function moveOf(insert: DxfEntity, base: DxfPoint, cell: Point, outer: Move): Move {
  const { x = 0, y = 0, scaleX = 1, scaleY = 1, rotation = 0 } = insert
  const [sin, cos] = [Math.sin, Math.cos].map((of) => of((rotation * Math.PI) / 180))
  const [s = 0, c = 1] = [sin, cos]
  return (point) => {
    const [px, py] = [
      ((point.x ?? 0) - (base.x ?? 0)) * scaleX + cell.x,
      ((point.y ?? 0) - (base.y ?? 0)) * scaleY + cell.y,
    ]
    return outer({ x: x + px * c - py * s, y: y + px * s + py * c })
  }
}

/** Throws RangeError at more copies than a drawing of streets can have. */
export function shownIn(
  entities: readonly DxfEntity[],
  blocks: readonly DxfBlock[],
): readonly ShownEntity[] {
  const byName = new Map(blocks.map((block) => [block.name, block]))
  const shown: ShownEntity[] = []
  const show = (entity: ShownEntity): void => {
    if (shown.length >= shownMax) throw new RangeError('too many copies of blocks')
    shown.push(entity)
  }
  const walk = (
    all: readonly DxfEntity[],
    move: Move,
    layerOf: (own: string) => string,
    depth: number,
  ): void => {
    for (const one of all) {
      const layer = layerOf(one.layer ?? '0')
      const block = byName.get(one.block ?? '')
      if (one.type !== 'INSERT' || block === undefined) {
        show({ one, layer, move })
        continue
      }
      const { entities: content = [] } = block
      const lines = content.filter((part) => isLine(part) && cornersOf(part).length > 0)
      const isNested = content.some(({ type }) => type === 'INSERT')
      const isOpened = isNested || lines.length > 1 || content.some(isText)
      for (const cell of cellsOf(one)) {
        const inner = moveOf(one, block, cell, move)
        const [frame] = lines
        if (isOpened && depth < depthMax)
          walk(content, inner, (own) => (own === '0' ? layer : own), depth + 1)
        else if (frame === undefined) show({ one, layer, move: () => inner(block) })
        else show({ one, layer, move, corners: cornersOf(frame).map(inner) })
      }
    }
  }
  walk(
    entities,
    ({ x = 0, y = 0 }) => ({ x, y }),
    (own) => own,
    0,
  )
  return shown
}
