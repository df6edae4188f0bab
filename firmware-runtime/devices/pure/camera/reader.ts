// Shared by the link readers of all camera makes: kinds of rows, a plate in words, and how much of a message is shown.
// A picture is never shown, only its length.
import type { PlateRead } from '../lane/plate-read.ts'
import type { FrameKind, ReadFrame } from '../frame-reader.ts'

export const cameraRows = {
  request: 'REQUEST',
  answer: 'ANSWER',
  plate: 'PLATE',
  picture: 'PICTURE',
  heartbeat: 'BEAT',
  serial: 'SERIAL',
  other: 'OTHER',
} as const
type CameraRowName = keyof typeof cameraRows

export const cameraFrameKinds = (
  kinds: Partial<Record<CameraRowName, FrameKind['from']>>,
): readonly FrameKind[] =>
  Object.entries(kinds).map(([name, from]) => ({
    code: cameraRows[name as CameraRowName],
    name,
    from,
  }))

/** Messages have some kilobytes; a longer one is not shown. */
const shownBytesMax = 4_096

/** `bytes`: the message without its pictures, whose size is `leftOut`. */
export function cameraFrame(
  name: CameraRowName,
  bytes: Uint8Array,
  fields: Readonly<Record<string, unknown>>,
  leftOut = 0,
): ReadFrame {
  const more = leftOut + Math.max(0, bytes.length - shownBytesMax)
  return {
    type: cameraRows[name],
    name,
    bytes: bytes.slice(0, shownBytesMax),
    ok: true,
    fields,
    reason: '',
    ...(more === 0 ? {} : { leftOut: more }),
    ...(name === 'heartbeat' ? { routine: true } : {}),
  }
}

export function plateFields(read: PlateRead): Readonly<Record<string, unknown>> {
  const { plate, plateRaw, plateState, colour, confidence, history } = read
  const shown = plate ?? plateRaw
  return {
    ...(shown === '' ? {} : { plate: shown }),
    ...(plateState === 'read' ? {} : { state: plateState }),
    colour,
    ...(confidence === null ? {} : { confidence }),
    ...(history ? { history } : {}),
  }
}
