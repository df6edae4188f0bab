// Sessions of a driver with the model of its device, in virtual time, with everything that went over the link.
// One car pays; the caller may add noise, pieces and a broken link.
import { captureDriver, captureText } from '#devices/frame-log/capture.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { RsuContractBench } from '../pure/contract/rsu-bench.ts'

export interface SessionWants {
  readonly noise?: boolean
  readonly pieceBytes?: number
  readonly breaks?: boolean
}

export interface Session {
  readonly ring: FrameRing
  readonly text: string
  readonly paid: number
}

export function rsuSession(variant: RsuVariantId, wants: SessionWants = {}): Session {
  let seenMs = 0
  const ring = new FrameRing(() => seenMs)
  const link = variant === 'generic-len' ? 'tcp' : 'serial'
  const bench = new RsuContractBench(
    variant,
    link,
    { variant },
    {
      took: (event, monoUs) => {
        seenMs = event.businessNowMs
        ring.took(event, monoUs)
      },
      sent: (bytes, monoUs) => ring.sent(bytes, monoUs),
    },
  )
  if (wants.pieceBytes !== undefined) bench.split(wants.pieceBytes)
  bench.connect()
  bench.run(6_000)
  if (wants.noise === true) bench.garbage(Uint8Array.of(0x01, 0x02, 0x03, 0x04))
  bench.work()
  bench.run(5_000)
  if (wants.breaks === true) {
    bench.disconnect()
    bench.run(1_000)
    bench.connect()
    bench.run(20_000)
  }
  const of = { variant, laneId: 'exit', driver: captureDriver(bench.config) }
  return { ring, text: captureText(of, ring.since(0).events), paid: bench.done() }
}
