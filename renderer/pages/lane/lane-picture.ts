// Position of the car and of the boom, from the loops and limit switches.
// Between the loops the car is drawn where it was seen last, and marked as assumed.
import type { LaneView, PicturePart } from '#lane/calls/views.ts'

type CarPlace = 'away' | 'arrive' | 'both' | 'under' | 'left'
export interface CarPicture {
  readonly place: CarPlace
  /** True while no loop confirms the place. */
  readonly assumed: boolean
}

/** The next picture, from the previous one and the present state of the loops. */
export function carPicture(before: CarPicture, lane: LaneView): CarPicture {
  const { arrive, under } = lane.barrier
  if (arrive === 'on' && under === 'on') return { place: 'both', assumed: false }
  if (under === 'on') return { place: 'under', assumed: false }
  if (arrive === 'on') return { place: 'arrive', assumed: false }
  if (lane.car === null) {
    const gone = before.place === 'under' || before.place === 'both' || before.place === 'left'
    return { place: gone ? 'left' : 'away', assumed: false }
  }
  const place = before.place === 'away' || before.place === 'left' ? 'arrive' : before.place
  return { place, assumed: true }
}

/**
 * Middle of the car in drawing units: outside the drawing when it is away or has left, else from the lane's picture.
 */
export const carAt = ({ picture }: LaneView, place: CarPlace): number =>
  place === 'away' ? -80 : place === 'left' ? 680 : picture.car[place]

type Part<K extends PicturePart['part']> = Extract<PicturePart, { readonly part: K }>
/** The parts of one kind. Antennas are drawn only in a lane that has an antenna set up. */
export const partsOf = <K extends PicturePart['part']>(lane: LaneView, kind: K): Part<K>[] =>
  kind === 'antenna' && lane.devices.rsu.state === 'off'
    ? []
    : lane.picture.parts.filter((one): one is Part<K> => one.part === kind)

interface BoomPicture {
  /** Degrees above level; null: unknown. */
  readonly angle: number | null
  readonly tone: 'still' | 'moving' | 'unknown' | 'fault'
}

const booms: Readonly<Record<string, BoomPicture>> = {
  closed: { angle: 0, tone: 'still' },
  opening: { angle: 50, tone: 'moving' },
  open: { angle: 85, tone: 'still' },
  heldOpen: { angle: 85, tone: 'still' },
  closing: { angle: 35, tone: 'moving' },
  stopped: { angle: 42, tone: 'fault' },
  fault: { angle: null, tone: 'fault' },
}
const unknownBoom: BoomPicture = { angle: null, tone: 'unknown' }
export const boomPicture = (position: string): BoomPicture =>
  Object.hasOwn(booms, position) ? (booms[position] ?? unknownBoom) : unknownBoom
