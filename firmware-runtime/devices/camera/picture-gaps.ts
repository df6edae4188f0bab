// Pictures taken out of the bytes of a camera, chunk by chunk, before anybody keeps them: a ring of four
// megabytes would hold a minute of cars. What marks the ends of a JPEG stays, so that the driver that
// hears the rest again finds each picture as whole, or as broken, as it was.
import { joined } from '../../core/values/bytes.ts'
import type { Gap, Gapped } from '../../core/values/gaps.ts'

/** Where in a chunk bytes of a picture lie. */
export type PictureSpan = readonly [at: number, bytes: number]

/** Less is not worth a gap; nor is more than some of them in one chunk, which no JPEG has. */
const gapBytesMin = 32
export const gapsMax = 16
/** A mark of three bytes may be cut by the end of a chunk. */
const edgeBytes = 3

/** Stretches without a begin or an end of a picture in them. */
function* stretches(bytes: Uint8Array, at: number, end: number): Generator<[number, number]> {
  let from = at + edgeBytes
  for (let i = bytes.indexOf(0xff, at); i >= 0 && i < end; i = bytes.indexOf(0xff, i + 1)) {
    const mark = bytes[i + 1]
    if (mark !== 0xd8 && mark !== 0xd9) continue
    yield [from, i]
    from = i + 2 + edgeBytes
  }
  yield [from, end - edgeBytes]
}

/** A copy of its own: links use their buffers again. */
export function withoutPictures(bytes: Uint8Array, spans: readonly PictureSpan[]): Gapped {
  const kept: Uint8Array[] = []
  const gaps: Gap[] = []
  let keptBytes = 0
  let from = 0
  for (const [at, count] of spans)
    for (const [start, end] of stretches(bytes, at, at + count)) {
      if (end - start < gapBytesMin || gaps.length >= gapsMax) continue
      kept.push(bytes.subarray(from, start))
      keptBytes += start - from
      gaps.push([keptBytes, end - start])
      from = end
    }
  kept.push(bytes.subarray(from))
  const copy = joined(kept)
  return gaps.length === 0 ? { bytes: copy } : { bytes: copy, gaps }
}
