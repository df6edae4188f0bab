// chronyd's own report about its clock: the request `tracking` of its monitoring protocol, version 6, over UDP 323 of
// this machine. Layout of candm.h: all numbers big-endian; a request shorter than its answer is not answered.
import type { TrackingRead } from './tracking.ts'

export const monitorPort = 323

const version = 6
const types = { request: 1, reply: 2 } as const
const tracking = { command: 33, reply: 5 } as const
const answerBytes = 104
/** Offsets: after a header of 28 bytes come source, address, stratum, leap, time and nine numbers. */
const at = { sequence: 16, source: 28, family: 48, stratum: 52, leap: 54, time: 56, numbers: 68 }
const leapUnknown = 3
/** 127.127.1.1, and LOCL. */
const localIds = [0x7f7f0101, 0x4c4f434c]

/** `sequence` is repeated in the answer. */
export function trackingRequest(sequence: number): Uint8Array {
  const bytes = new Uint8Array(answerBytes)
  const view = new DataView(bytes.buffer)
  bytes.set([version, types.request])
  view.setUint16(4, tracking.command)
  view.setUint32(8, sequence)
  return bytes
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function isTrackingAnswer(bytes: Uint8Array, sequence: number): boolean {
  if (bytes.length < answerBytes) return false
  const view = viewOf(bytes)
  return (
    bytes[0] === version &&
    bytes[1] === types.reply &&
    view.getUint16(4) === tracking.command &&
    view.getUint32(at.sequence) === sequence
  )
}

/** Float with seven bits of exponent and 25 of coefficient, both signed. */
function floatAt(view: DataView, offset: number): number {
  const word = view.getInt32(offset)
  return ((word << 7) >> 7) * 2 ** ((word >> 25) - 25)
}

const sourceOf = (view: DataView): string => {
  const [a, b, c, d] = [0, 1, 2, 3].map((step) => view.getUint8(at.source + 4 + step))
  const isV4 = view.getUint16(at.family) === 1
  return isV4 ? `${a}.${b}.${c}.${d}` : view.getUint32(at.source).toString(16).padStart(8, '0')
}

export function readTrackingAnswer(bytes: Uint8Array): TrackingRead {
  const view = viewOf(bytes)
  const said = view.getUint16(6) === tracking.reply && view.getUint16(8) === 0
  if (!said) return { kind: 'refused', why: 'notTracking' }
  const source = view.getUint32(at.source)
  if (localIds.includes(source)) return { kind: 'refused', why: 'localClock' }
  const stratum = view.getUint16(at.stratum)
  if (source === 0 || stratum === 0 || view.getUint16(at.leap) === leapUnknown)
    return { kind: 'refused', why: 'unsynchronised' }
  const number = (index: number): number => floatAt(view, at.numbers + 4 * index)
  const [slowSec, delaySec, dispersionSec] = [number(0), number(6), number(7)]
  const seconds = view.getUint32(at.time) * 2 ** 32 + view.getUint32(at.time + 4)
  return {
    kind: 'tracking',
    tracking: {
      server: sourceOf(view),
      stratum,
      receivedMs: Math.round(seconds * 1000 + view.getUint32(at.time + 8) / 1e6),
      offsetMs: -slowSec * 1000 + 0,
      errorMs: Math.ceil((Math.max(0, delaySec) / 2 + Math.max(0, dispersionSec)) * 1000),
    },
  }
}
