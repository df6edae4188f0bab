// The link of a Vzicom camera on TCP 8131 for people: queries and answers, plates, serial bytes and heartbeats. The
// codec is the driver's own; passwords are never sent on this link.
import { hexOf } from '#base/pure/data/bytes.ts'
import {
  noBytesRead,
  type ReadBytes,
  type ReadFrame,
  type FrameReader,
} from '../../frame-reader.ts'
import { cameraFrame, cameraFrameKinds, plateFields } from '../reader.ts'
import {
  emptyVzFraming,
  feedVz,
  resyncVz,
  vzFrame,
  type VzFrame,
  type VzFraming,
  type VzFramingStep,
} from './framing.ts'
import { vzMessageOf } from './messages.ts'

export const vzFrameKinds = cameraFrameKinds({
  request: 'pc',
  answer: 'device',
  plate: 'device',
  heartbeat: 'both',
  serial: 'device',
  other: 'device',
})

const headBytes = 8

/** The head and the text; the size of pictures after the text is counted. */
function shownOf(frame: VzFrame): { readonly bytes: Uint8Array; readonly leftOut: number } {
  const whole = vzFrame(frame.type, frame.payload, frame.sequence)
  const nul = frame.payload.indexOf(0)
  const size = nul < 0 ? whole.length : headBytes + nul + 1
  return { bytes: whole.subarray(0, size), leftOut: whole.length - size }
}

function frameOf(frame: VzFrame, from: 'device' | 'lane'): ReadFrame {
  const { bytes, leftOut } = shownOf(frame)
  if (frame.type === 'heartbeat') return cameraFrame('heartbeat', bytes, {})
  const { message, root } = vzMessageOf(frame.payload, '')
  if (root === null)
    return { ...cameraFrame('other', bytes, {}, leftOut), ok: false, reason: 'noJson' }
  if (from === 'lane') return cameraFrame('request', bytes, root)
  if (message.kind === 'plate')
    return cameraFrame('plate', bytes, plateFields(message.read), leftOut)
  if (message.kind === 'serial') {
    const port = message.port === null ? {} : { port: message.port }
    return cameraFrame('serial', bytes, { ...port, bytes: hexOf(message.bytes) })
  }
  if (message.kind === 'reply') return cameraFrame('answer', bytes, root, leftOut)
  return cameraFrame('other', bytes, { why: message.what }, leftOut)
}

type From = 'device' | 'lane'

class VzReader implements FrameReader {
  private states: Record<From, VzFraming> = { device: emptyVzFraming, lane: emptyVzFraming }

  heard(bytes: Uint8Array): ReadBytes {
    return this.read(feedVz(this.states.device, bytes), 'device')
  }

  said(bytes: Uint8Array): ReadBytes {
    return this.read(feedVz(this.states.lane, bytes), 'lane')
  }

  /** Handles a frame that the driver gave up. */
  fired(timer: string): ReadBytes {
    return timer === 'frame' ? this.read(resyncVz(this.states.device), 'device') : noBytesRead
  }

  cut(): { readonly receivedBytes: number; readonly saidBytes: number } {
    const { device, lane } = this.states
    this.states = { device: emptyVzFraming, lane: emptyVzFraming }
    return { receivedBytes: heldBytes(device), saidBytes: heldBytes(lane) }
  }

  private read({ state, frames, discardedBytes }: VzFramingStep, from: From): ReadBytes {
    this.states[from] = state
    return { frames: frames.map((one) => frameOf(one, from)), discardedBytes }
  }
}

const heldBytes = ({ carry, open }: VzFraming): number =>
  open === null ? carry.length : headBytes + open.size

export const vzReader = (): FrameReader => new VzReader()
