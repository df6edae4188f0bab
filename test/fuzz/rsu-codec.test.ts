// Seeded mutation of RSU byte streams against every codec: never throws, memory stays bounded,
// every byte is accounted for, and the next good frame after the damage is read.
import { expect, it } from 'vitest'
import { hexOf, bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import type { FramingState, FramedData } from '#devices/pure/rsu/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariant } from '#devices/pure/rsu/variants.ts'
import { binaryMutations as mutations, sayFailingSeed, seed } from './scale.ts'

sayFailingSeed()
/** A frame of 1024 bytes of data with the longest head. */
const memoryMax = 1034

/** xorshift32, the same numbers on every machine. */
function randomOf(start: number): (below: number) => number {
  let x = start | 0 || 1
  return (below) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % below
  }
}

const corpusOf = (v: RsuVariant): Uint8Array[] =>
  v.table.frames.flatMap((frame) =>
    frame.forms.map(({ example }, i) =>
      v.framing.encode(0x10 + i, present(bytesOfHex(example.hex), 'the example is hex')),
    ),
  )

/** Bytes with a meaning in one of the framings. */
const tokens = [[0xff], [0xff, 0xff], [0xfe], [0xfe, 0x00], [0xfe, 0x01], [0x00], [0x04, 0x00]]

function mutated(
  bytes: Uint8Array,
  corpus: readonly Uint8Array[],
  below: (n: number) => number,
): Uint8Array {
  const out = [...bytes]
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(out.length + 1)
    const kind = below(8)
    if (kind === 0 && out.length > 0)
      out[at % out.length] = (out[at % out.length] ?? 0) ^ (1 << below(8))
    else if (kind === 1) out[at] = below(256)
    else if (kind === 2) out.splice(at, 1 + below(8))
    else if (kind === 3) out.splice(at, 0, ...(tokens[below(tokens.length)] ?? []))
    else if (kind === 4) out.splice(at, 0, ...out.slice(at, at + 1 + below(16)))
    else if (kind === 5) out.length = at
    else if (kind === 6)
      out.splice(at, 0, ...(corpus[below(corpus.length)] ?? []).slice(0, below(40)))
    else out.push(...(corpus[below(corpus.length)] ?? []))
    if (out.length > 1500) out.length = 1500
  }
  return Uint8Array.from(out, (b) => b ?? 0)
}

interface Line {
  state: FramingState
  bytesIn: number
  framed: number
  lost: number
  delimiters: number
}

function feed(v: RsuVariant, line: Line, chunk: Uint8Array): readonly FramedData[] {
  const result = v.framing.decode(line.state, chunk)
  line.state = result.state
  line.bytesIn += chunk.length
  if (v.id === 'generic-bcc') for (const b of chunk) if (b === 0xff) line.delimiters++
  take(v, line, result)
  return result.frames
}

function take(
  v: RsuVariant,
  line: Line,
  result: ReturnType<RsuVariant['framing']['decode']>,
): void {
  for (const d of result.discards) line.lost += d.count
  for (const frame of result.frames) {
    const bytes = v.framing.encode(frame.seq, frame.data)
    line.framed += bytes.length - (v.id === 'generic-bcc' ? 3 : 0)
    const decoded = v.engine.decode(frame.data)
    if (!decoded.ok) continue
    const again = v.engine.encode(decoded.code, decoded.value, decoded.form)
    if (!again.ok || hexOf(again.data) !== hexOf(frame.data))
      throw new Error(`lost bytes of ${hexOf(frame.data)}`)
  }
}

it.each(rsuVariantIds)('%s survives damaged streams', (id) => {
  const v = rsuVariant(id)
  const corpus = corpusOf(v)
  const below = randomOf(seed)
  const good = present(corpus[0], 'a corpus')
  const goodFrame = present(v.framing.decode(emptyFraming, good).frames[0], 'the corpus is good')
  const goodText = hexOf(goodFrame.data)
  let missed = 0
  for (let n = 0; n < mutations; n++) {
    const line: Line = { state: emptyFraming, bytesIn: 0, framed: 0, lost: 0, delimiters: 0 }
    const source = present(corpus[below(corpus.length)], 'a corpus')
    const bytes = mutated(source, corpus, below)
    const cut = below(bytes.length + 1)
    feed(v, line, bytes.subarray(0, cut))
    feed(v, line, bytes.subarray(cut))
    if (line.state.pending.length > memoryMax) throw new Error(`seed ${seed} run ${n}: memory`)
    // The line falls silent, as the inter-byte timer reports, then the next good frame arrives.
    const flushed = v.framing.flush(line.state)
    line.state = flushed.state
    take(v, line, flushed)
    const receivedFrames = feed(v, line, good)
    if (!receivedFrames.some((f) => hexOf(f.data) === goodText)) missed++
    const held = line.state.pending.length
    const known = line.framed + line.lost + line.delimiters + held
    if (known !== line.bytesIn)
      throw new Error(`seed ${seed} run ${n}: ${known} of ${line.bytesIn} in ${hexOf(bytes)}`)
  }
  expect(missed).toBe(0)
})
