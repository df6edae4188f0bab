// The frame console: frames from the link through driver, ring and service to the watcher's text,
// against the same driver without a watcher; and how far above 10,000 frames a second nothing is lost.
import { DeviceHost } from '#devices/hosts/device-host.ts'
import { FrameService } from '#devices/frame-log/frame-service.ts'
import { rowView } from '#devices/frame-log/row-view.ts'
import { rsuFrameDecoder } from '#devices/frame-log/frame-decoder.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import type { RsuCommand, RsuEvent } from '#devices/pure/etc/rsu.ts'
import { must } from '#base/pure/values/must.ts'
import {
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverEffect,
  type RsuDriverState,
} from '#devices/pure/rsu/driver.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import { perSecond, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { sessionChunks } from '../kit/session.ts'

const roundMs = 250
const roundCount = roundsOf(9)
const carCount = 40
/** Requests of a window per second. */
const requestsPerSecond = 4
const promisedPerSecond = 10_000
const variant = rsuVariant('generic-ver')

/** Frame by frame, as a device sends them. */
function frames(): readonly Uint8Array[] {
  let state = emptyFraming
  return sessionChunks('generic-ver', carCount, 1_024).flatMap((chunk) => {
    const decoded = variant.framing.decode(state, chunk)
    state = decoded.state
    return decoded.frames.map(({ seq, data }) => variant.framing.encode(seq, data))
  })
}

/** A driver on its own link; with a ring it is watched. */
function driverOf(ring: FrameRing | null): ByteLinkHandlers {
  let handlers: ByteLinkHandlers | null = null
  const host = new DeviceHost<RsuDriverState, RsuCommand, RsuEvent, RsuDriverEffect>({
    url: 'tcp://bench',
    opener: {
      open: (_url, own) => {
        handlers = own
        return { bytesIn: 0, bytesOut: 0, send: () => undefined, close: () => undefined }
      },
    },
    mono: { nowUs: () => performance.now() * 1_000, after: () => () => undefined },
    business: { nowMs: () => 1_700_000_000_000 },
    driver: {
      initial: () =>
        startRsuDriver({ ...rsuDriverDefaults, variant: 'generic-ver', laneMode: 'exit' }),
      step: stepRsuDriver,
    },
    emit: () => undefined,
    other: () => undefined,
    linkChanged: () => undefined,
    ...(ring === null ? {} : { tap: ring }),
  })
  host.open()
  must(handlers !== null, 'the link was opened')
  const link: ByteLinkHandlers = handlers
  link.up()
  return link
}

async function run(): Promise<readonly BenchResult[]> {
  const receivedFrames = frames()
  const ring = new FrameRing(() => 1_700_000_000_000)
  const decoder = rsuFrameDecoder(variant)
  const service = new FrameService({ laneId: 'exit', device: 'rsu', ring, decoder })
  const watched = driverOf(ring)
  const alone = driverOf(null)
  const perAsk = promisedPerSecond / requestsPerSecond
  let next = 0
  let at = 0
  let textBytes = 0
  let dropped = 0
  /** The frames between two requests of a window at 10,000 frames a second. */
  const batch = (link: ByteLinkHandlers): void => {
    for (let i = 0; i < perAsk; i++)
      link.bytes(receivedFrames[at++ % receivedFrames.length] as Uint8Array)
  }
  const watch = (): number => {
    batch(watched)
    for (let more = true; more;) {
      const page = service.read(next, 1_000)
      textBytes += JSON.stringify(page.rows.map(rowView)).length
      dropped += page.dropped
      next = page.next
      more = page.more
    }
    return perAsk
  }
  const unwatched = (): number => {
    batch(alone)
    return perAsk
  }
  const pairs = await rounds(
    roundCount,
    () => perSecond(roundMs, watch),
    () => perSecond(roundMs, unwatched),
  )
  must(dropped === 0, 'no frame was dropped')
  must(textBytes > 0, 'rows were written out')
  const unit = 'frames/s'
  return [
    resultOf(
      {
        metric: 'console with a watcher, no frame dropped',
        unit,
        peerName: 'the same driver that nobody watches',
        better: 'higher',
      },
      pairs,
    ),
    resultOf(
      {
        metric: 'console with a watcher, of the rate that is promised',
        unit,
        peerName: '10,000 frames a second',
        better: 'higher',
      },
      pairs.map(([ours]) => [ours, promisedPerSecond] as const),
    ),
  ]
}

export const consoleRow: BenchRow = { run }
