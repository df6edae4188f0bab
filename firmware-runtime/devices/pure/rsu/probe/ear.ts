// Listens to an unknown line with every variant at once, and measures bytes that are no frame. Pure: bytes in, findings
// out. Frames of the host's side mean that the line echoes.
import { withCarry } from '#base/pure/data/bytes.ts'
import { emptyFraming, type FramingState } from '../framing.ts'
import type { FrameValue } from '../table-types.ts'
import { rsuVariant, rsuVariantIds, type RsuVariantId } from '../variants.ts'

/** Size of the sample kept for people and for the patterns of a swapped pair; more adds nothing. */
const sampleBytesMax = 1024

interface Understood {
  readonly frames: number
  /** Bytes on the link that belonged to whole frames of the device. */
  readonly framed: number
  /** Types of received frames, in order of their first appearance. */
  readonly codes: readonly string[]
  /** Frames of a host: our own bytes come back. */
  readonly echoes: number
  /** The last device status (B0); null: none came. */
  readonly status: FrameValue | null
}

export interface Ear {
  readonly bytes: number
  /** NUL bytes: what a serial port reads when the stop bit is missing (termios, no PARMRK). */
  readonly zeros: number
  readonly sample: Uint8Array
  readonly states: Readonly<Record<RsuVariantId, FramingState>>
  readonly heard: Readonly<Record<RsuVariantId, Understood>>
}

const nothing: Understood = { frames: 0, framed: 0, codes: [], echoes: 0, status: null }

const perVariant = <T>(make: (id: RsuVariantId) => T): Record<RsuVariantId, T> => ({
  'generic-bcc': make('generic-bcc'),
  'generic-ver': make('generic-ver'),
  'generic-len': make('generic-len'),
})

export const freshEar: Ear = {
  bytes: 0,
  zeros: 0,
  sample: new Uint8Array(0),
  states: perVariant(() => emptyFraming),
  heard: perVariant(() => nothing),
}

function listen(id: RsuVariantId, before: Ear, chunk: Uint8Array): [FramingState, Understood] {
  const { framing, engine, table } = rsuVariant(id)
  const step = framing.decode(before.states[id], chunk)
  let { frames, framed, echoes, status } = before.heard[id]
  const codes = [...before.heard[id].codes]
  for (const { seq, data } of step.frames) {
    const decoded = engine.decode(data)
    // RSCTL of an RSU ends in 8 (1.1.3): two equal bytes of noise, mostly NUL, are not an answer.
    const isAck = data.length === 0 && table.capabilities.emptyAck && (seq & 0x0f) === 8
    if (!decoded.ok && !isAck) continue
    const code = decoded.ok ? decoded.code : 'ack'
    const ours = table.frames.find((frame) => frame.code === code)?.from === 'pc'
    if (ours) {
      echoes++
      continue
    }
    frames++
    framed += framing.encode(seq, data).length
    if (!codes.includes(code)) codes.push(code)
    if (decoded.ok && code === 'B0') status = decoded.value
  }
  return [step.state, { frames, framed, codes, echoes, status }]
}

export function hear(before: Ear, chunk: Uint8Array): Ear {
  const states = { ...before.states }
  const heard = { ...before.heard }
  for (const id of rsuVariantIds) [states[id], heard[id]] = listen(id, before, chunk)
  let { zeros } = before
  for (const b of chunk) if (b === 0) zeros++
  const sample =
    before.sample.length >= sampleBytesMax
      ? before.sample
      : withCarry(before.sample, chunk).slice(0, sampleBytesMax)
  return { bytes: before.bytes + chunk.length, zeros, sample, states, heard }
}

/**
 * The variant that explains the line: one status, two frames, or one frame that makes up most of the bytes. A one-byte
 * check (generic-bcc) accepts one of 256 random pieces.
 */
export function variantReceived({ bytes, heard }: Ear): RsuVariantId | null {
  const best = rsuVariantIds
    .map((id) => ({ id, ...heard[id] }))
    .sort((a, b) => b.framed - a.framed)[0]
  if (best === undefined || best.frames === 0) return null
  return best.frames > 1 || 2 * best.framed >= bytes ? best.id : null
}

export const echoed = ({ heard }: Ear): boolean =>
  rsuVariantIds.some((id) => heard[id].echoes > 0 && heard[id].frames === 0)
