// Where the car stands and how the boom lies, from what the loops and limit switches say.
// Nothing is guessed: between the loops the car is drawn as last seen, and marked so.
import type { LaneView, PicturePart } from '../../../firmware-runtime/api/views.ts'

type CarPlace = 'away' | 'arrive' | 'both' | 'under' | 'left'
export interface CarPicture {
  readonly place: CarPlace
  /** True while no loop confirms the place. */
  readonly assumed: boolean
}

/** Next picture from the one before and what the loops say now. */
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

/** Middle of the car in drawing units: out of sight at both ends, else as the lane's picture has it. */
export const carAt = ({ picture }: LaneView, place: CarPlace): number =>
  place === 'away' ? -80 : place === 'left' ? 680 : picture.car[place]

type Part<K extends PicturePart['part']> = Extract<PicturePart, { readonly part: K }>
/** The parts of one kind; a lane has an antenna only where one is named, whatever its picture has. */
export const partsOf = <K extends PicturePart['part']>(lane: LaneView, kind: K): Part<K>[] =>
  kind === 'antenna' && lane.devices.rsu.state === 'off'
    ? []
    : lane.picture.parts.filter((one): one is Part<K> => one.part === kind)

interface BoomPicture {
  /** Degrees above level; null when nobody knows. */
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
