// Puts a reading together from what follows each other in a stream: its text, then its pictures.
// Several texts of one passing car are one reading. A picture belongs to the text before it, never
// to the next one: a car without a photo is better than a car with another car's photo.
import type { PlateRead } from '../../../core/lane/plate-read.ts'
import type { NamedPicture } from '../pictures.ts'
import { isPlatePicture, isWholeJpeg, pictureOf } from '../pictures.ts'

/** A text that tells of a car, before its pictures. */
export interface Draft {
  readonly read: PlateRead
  /** Texts of one name belong to one car; null: this one stands alone. */
  readonly group: string | null
  /** How many texts the group has, as the camera says; 1 when it does not. */
  readonly groupSize: number
}

export interface Assembly {
  readonly draft: Draft | null
  readonly texts: number
  readonly pictures: readonly NamedPicture[]
  /** The group told last: what still comes of it is no second car. */
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

/** Text to pictures took up to 300 ms (lane-devices.md 1.7); a car does not wait longer for a photo. */
export const collectMs = 300
const picturesMax = 8
/** Texts of one pass come within this; some firmware gives every car the same group. */
const lateMs = 10_000

export interface AssemblyStep {
  readonly assembly: Assembly
  /** Readings that are complete, oldest first. */
  readonly reads: readonly PlateRead[]
}

/** The better of two texts about one car: a plate before none, then the higher confidence. */
function better(a: PlateRead, b: PlateRead): PlateRead {
  if ((a.plate === null) !== (b.plate === null)) return a.plate === null ? b : a
  return (b.confidence ?? 0) > (a.confidence ?? 0) ? b : a
}

/** Tells the reading as it is, with the best picture there is. */
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
    reads: [{ ...read, jpeg: pictureOf(pictures) }],
  }
}

/** All texts are there, and a picture that shows the plate or says nothing about itself. */
function isComplete({ draft, texts, pictures }: Assembly): boolean {
  if (draft === null || texts < draft.groupSize) return false
  return pictures.some(({ name }) => name === '' || isPlatePicture(name))
}

const flushIfComplete = (assembly: Assembly, atMs: number): AssemblyStep =>
  isComplete(assembly) ? flushAssembly(assembly, atMs) : { assembly, reads: [] }

/** A text of a car that was told already: the same group, no other plate, shortly after. */
function isLate({ lastGroup }: Assembly, { group, read }: Draft, atMs: number): boolean {
  if (lastGroup === null || group !== lastGroup.group || atMs > lastGroup.untilMs) return false
  return read.plate === null || read.plate === lastGroup.plate
}

export function addDraft(assembly: Assembly, draft: Draft, atMs: number): AssemblyStep {
  const { group, read } = draft
  const was = assembly.draft
  if (was !== null && group !== null && was.group === group) {
    // The first text gives the identity: the same one whichever of the texts is the better.
    const { recordId, deviceAtMs } = was.read
    const joined = { ...draft, read: { ...better(was.read, read), recordId, deviceAtMs } }
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
