// Assembles one reading from consecutive parts of a stream: its text, then its pictures. Several texts about one
// passing car are one reading. A picture belongs to the text before it, never to the next one: a car without a photo is
// better than a car with another car's photo.
import type { PlateRead } from '../../lane/plate-read.ts'
import { datedByPictures, olderTime } from '../times.ts'
import { isPlatePicture, isWholeJpeg, type NamedPicture, pictureOf } from '../pictures.ts'

/** A text part about a car, before its pictures have arrived. */
export interface Draft {
  readonly read: PlateRead
  /** Texts with the same group belong to one car; null: this text stands alone. */
  readonly group: string | null
  /** Number of texts in the group, as the camera states it; 1 when it does not. */
  readonly groupSize: number
}

export interface Assembly {
  readonly draft: Draft | null
  readonly texts: number
  readonly pictures: readonly NamedPicture[]
  /** The group emitted last: later parts of it do not start a second car. */
  readonly lastGroup: {
    readonly group: string
    readonly plate: string | null
    readonly untilMs: number
  } | null
  readonly picturesDropped: number
}

export const emptyAssembly: Assembly = {
  draft: null,
  texts: 0,
  pictures: [],
  lastGroup: null,
  picturesDropped: 0,
}

/** Pictures follow their text within 300 ms (lane-devices.md 1.7); a car does not wait longer for a photo. */
export const collectMs = 300
const picturesMax = 8
/** Texts about one pass arrive within this time; some firmware gives every car the same group. */
const lateMs = 10_000

export interface AssemblyStep {
  readonly assembly: Assembly
  /** Readings that are complete, oldest first. */
  readonly reads: readonly PlateRead[]
}

/** The better of two texts about one car: one with a plate first, then the higher confidence. */
function better(a: PlateRead, b: PlateRead): PlateRead {
  if ((a.plate === null) !== (b.plate === null)) return a.plate === null ? b : a
  return (b.confidence ?? 0) > (a.confidence ?? 0) ? b : a
}

/** Emits the reading as it is now, with the best picture received. */
export function flushAssembly(assembly: Assembly, atMs: number): AssemblyStep {
  const { draft, pictures } = assembly
  if (draft === null) return { assembly, reads: [] }
  const { group, read } = draft
  return {
    assembly: {
      ...assembly,
      draft: null,
      texts: 0,
      pictures: [],
      lastGroup:
        group === null ? assembly.lastGroup : { group, plate: read.plate, untilMs: atMs + lateMs },
    },
    reads: [datedByPictures({ ...read, jpeg: pictureOf(pictures) }, pictures)],
  }
}

/** All texts have arrived, and a picture that shows the plate or has no name. */
function isComplete({ draft, texts, pictures }: Assembly): boolean {
  if (draft === null || texts < draft.groupSize) return false
  return pictures.some(({ name }) => name === '' || isPlatePicture(name))
}

const flushIfComplete = (assembly: Assembly, atMs: number): AssemblyStep =>
  isComplete(assembly) ? flushAssembly(assembly, atMs) : { assembly, reads: [] }

/** A text about a car that was emitted already: same group, no other plate, shortly after. */
function isLate({ lastGroup }: Assembly, { group, read }: Draft, atMs: number): boolean {
  if (lastGroup === null || group !== lastGroup.group || atMs > lastGroup.untilMs) return false
  return read.plate === null || read.plate === lastGroup.plate
}

export function addDraft(assembly: Assembly, draft: Draft, atMs: number): AssemblyStep {
  const { group, read } = draft
  const was = assembly.draft
  if (was !== null && group !== null && was.group === group) {
    // The first text gives the identity, whichever text is the better one.
    const { recordId } = was.read
    const { deviceAtMs, timeRaw } = olderTime(was.read, read)
    const time = timeRaw === undefined ? { deviceAtMs } : { deviceAtMs, timeRaw }
    const joined = { ...draft, read: { ...better(was.read, read), recordId, ...time } }
    return flushIfComplete({ ...assembly, draft: joined, texts: assembly.texts + 1 }, atMs)
  }
  if (isLate(assembly, draft, atMs)) return { assembly, reads: [] }
  const { assembly: next, reads } = flushAssembly(assembly, atMs)
  return { assembly: { ...next, draft, texts: 1, pictures: [] }, reads }
}

export function addPicture(assembly: Assembly, picture: NamedPicture, atMs: number): AssemblyStep {
  if (!isWholeJpeg(picture.bytes)) {
    const picturesDropped = assembly.picturesDropped + 1
    return { assembly: { ...assembly, picturesDropped }, reads: [] }
  }
  const { draft, pictures } = assembly
  if (draft === null || pictures.length >= picturesMax) return { assembly, reads: [] }
  return flushIfComplete({ ...assembly, pictures: [...pictures, picture] }, atMs)
}
