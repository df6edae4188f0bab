// Finds the spaces of streets in what a drawing shows: a space is a frame (a closed line, or a block) with its number
// inside or nearest to it, its street is the layer of the frame, and spaces stand in their order along the kerb. Pure.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { streetSpaceShape, streetSpacesMax } from '#base/pure/lot/street-spaces.ts'
import type { Street } from '#base/pure/lot/streets.ts'

interface Point {
  readonly x: number
  readonly y: number
}
/** Where a thing stands in the file: its handle, or its line where it has none. */
interface Placed extends Point {
  readonly layer: string
  readonly field: string
}
export interface DrawnText extends Placed {
  readonly text: string
  /** Of an attribute: the place of its block among the frames. */
  readonly frame?: number
}
export interface DrawnFrame extends Placed {
  /** Corners of a closed line; none of a block. */
  readonly corners: readonly Point[]
}
export interface Drawing {
  readonly texts: readonly DrawnText[]
  readonly frames: readonly DrawnFrame[]
}
export interface DrawingFault {
  readonly field: string
  readonly value: string
  readonly note: BilingualText
}
type Found = { readonly streets: readonly Street[] } | { readonly fault: DrawingFault }

const namesSpaces = /泊位|车位|SPACE|PARK/
const endsInDigit = /\d$/
/** A number further from the frames than this many times the size of the nearest one is not that of a space. Assumed. */
const sizesMost = 2
/** A gap of this many usual distances is a junction or a gate. Assumed. */
const gapTimes = 1.8

const folded = (text: string): string => text.normalize('NFKC').toUpperCase().trim()
const isNumber = (text: string): boolean => streetSpaceShape.test(text) && endsInDigit.test(text)
const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

const fault = (field: string, value: string, zh: string, en: string): Found => ({
  fault: { field, value: value.slice(0, 80), note: t(zh, en) },
})

function contains(corners: readonly Point[], { x, y }: Point): boolean {
  let isInside = false
  let before = corners.at(-1)
  for (const corner of corners) {
    if (before !== undefined && corner.y > y !== before.y > y) {
      const at = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x)
      if (x < at) isInside = !isInside
    }
    before = corner
  }
  return isInside
}

/** Length of the diagonal of a frame; that of a block is not known. */
function sizeOf({ corners }: DrawnFrame): number {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  return corners.length === 0
    ? 0
    : Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
}

/** The smallest frame around the number, because an outline may go round the whole street; else the nearest one. */
function frameOf(text: DrawnText, frames: readonly DrawnFrame[], all: readonly DrawnFrame[]) {
  if (text.frame !== undefined) return all[text.frame] ?? null
  const around = frames
    .filter(({ corners }) => contains(corners, text))
    .toSorted((a, b) => sizeOf(a) - sizeOf(b))
  if (around[0] !== undefined) return around[0]
  let [nearest, least]: [DrawnFrame | null, number] = [null, Infinity]
  for (const frame of frames) {
    const distance = apart(frame, text)
    if (distance < least) [nearest, least] = [frame, distance]
  }
  const size = nearest === null ? 0 : sizeOf(nearest)
  return size > 0 && least > sizesMost * size ? null : nearest
}

interface Numbered extends Point {
  readonly id: string
}

/** Along the direction in which the centres are spread most, from the end with the lower number. */
function alongKerb(spaces: readonly Numbered[]): readonly Numbered[] {
  const mean = (of: (one: Point) => number): number =>
    spaces.reduce((sum, one) => sum + of(one), 0) / spaces.length
  const [cx, cy] = [mean(({ x }) => x), mean(({ y }) => y)]
  const xx = mean(({ x }) => (x - cx) ** 2)
  const yy = mean(({ y }) => (y - cy) ** 2)
  const xy = mean(({ x, y }) => (x - cx) * (y - cy))
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
  const sorted = spaces.toSorted((a, b) => (a.x - b.x) * dx + (a.y - b.y) * dy)
  const [first, last] = [sorted[0], sorted.at(-1)]
  return first !== undefined && last !== undefined && isAfter(first.id, last.id)
    ? sorted.toReversed()
    : sorted
}
const digitsOf = (id: string): number => Number(/\d{1,9}$/.exec(id)?.[0] ?? 0)
const isAfter = (one: string, other: string): boolean =>
  digitsOf(one) === digitsOf(other) ? one > other : digitsOf(one) > digitsOf(other)

function streetOf(name: string, spaces: readonly Numbered[]): Street {
  const ordered = alongKerb(spaces)
  const gaps = ordered.slice(1).map((one, i) => apart(one, ordered[i] ?? one))
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0
  return {
    name,
    stand: 'parallel',
    spaces: ordered.map(({ id }, i) =>
      i > 0 && (gaps[i - 1] ?? 0) > gapTimes * usual ? { id, isApart: true } : { id },
    ),
  }
}

/** Layers that the person names, else those whose name says that they hold spaces. */
const isOfSpaces =
  (named: string) =>
  ({ layer }: Placed): boolean =>
    named === '' ? namesSpaces.test(folded(layer)) : folded(layer) === folded(named)

export function spacesOfDrawing({ texts, frames }: Drawing, layer = ''): Found {
  const isOurs = isOfSpaces(layer)
  const own = frames.filter(isOurs)
  const numbers = texts.flatMap((one) => {
    const id = folded(one.text)
    return isOurs(one) && isNumber(id) ? [{ ...one, id }] : []
  })
  if (numbers.length === 0)
    return fault(
      'layer',
      layer,
      '没有找到泊位:图层名要含“泊位”“车位”“SPACE”或“PARK”,或者写明图层;泊位号如 A01',
      'no space was found: the name of its layer must hold 泊位, 车位, SPACE or PARK, or be given; a number is such as A01',
    )
  if (numbers.length > streetSpacesMax)
    return fault(
      'layer',
      String(numbers.length),
      `最多 ${streetSpacesMax} 个泊位`,
      `at most ${streetSpacesMax} spaces`,
    )
  const ids = new Set<string>()
  const taken = new Map<DrawnFrame, string>()
  const streets = new Map<string, Numbered[]>()
  for (const number of numbers) {
    const { id, field } = number
    if (ids.has(id)) return fault(field, id, '泊位号重复', 'this space stands twice')
    ids.add(id)
    const frame = frameOf(number, own, frames)
    if (frame === null)
      return fault(
        field,
        id,
        '附近没有泊位的框:闭合的多段线,或图块',
        'there is no frame of a space near it: a closed polyline or a block',
      )
    const other = taken.get(frame)
    if (other !== undefined)
      return fault(field, id, `和 ${other} 在同一个框里`, `it stands in the same frame as ${other}`)
    taken.set(frame, id)
    const street = streets.get(frame.layer) ?? []
    streets.set(frame.layer, [...street, { id, x: frame.x, y: frame.y }])
  }
  return { streets: [...streets].map(([name, spaces]) => streetOf(name.slice(0, 60), spaces)) }
}
