// Removes pictures from the bytes of a camera, chunk by chunk, before they are stored: a ring of four megabytes would
// hold a minute of cars. The markers at the ends of a JPEG stay, so that a driver that replays the rest finds each
// picture as complete, or as broken, as it was.
import { joined } from '#base/pure/data/bytes.ts'
import type { Gap, Gapped } from '#base/pure/words/gaps.ts'

/** Position of picture bytes in a chunk. */
export type PictureSpan = readonly [at: number, bytes: number]

/** A smaller gap saves too little; more gaps in one chunk do not occur in a JPEG. */
const gapBytesMin = 32
export const gapsMax = 16
/** A marker of three bytes may be cut by the end of a chunk. */
const edgeBytes = 3

/** Stretches that contain neither the begin nor the end marker of a picture. */
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

/** Returns a copy, because links reuse their buffers. */
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
