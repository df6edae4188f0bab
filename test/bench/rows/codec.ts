// Framing and full frame decode of every RSU variant against a bare pass of the check over the same
// bytes: XOR for generic-bcc, table-driven CRC-16 for the others. In bytes a second.
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { must } from '#base/pure/values/must.ts'
import { perSecond, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { sessionChunks } from '../kit/session.ts'

const roundMs = 120
const roundCount = roundsOf(15)
const carCount = 300
/** Bytes in one read of a busy socket or serial port. */
const chunkBytes = 1_024

// The peer has its own table, so that a faster product does not make its peer faster.
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  return crc
})

function crcPass(chunk: Uint8Array): number {
  let crc = 0xffff
  for (let i = 0; i < chunk.length; i++)
    crc = (crc >> 8) ^ (crcTable[(crc ^ (chunk[i] as number)) & 0xff] as number)
  return crc
}

function xorPass(chunk: Uint8Array): number {
  let x = 0
  for (let i = 0; i < chunk.length; i++) x ^= chunk[i] as number
  return x
}

/** Collects the results, so that the engine cannot drop a pass as unused. */
let sink = 0

function measured(id: RsuVariantId): {
  readonly bare: () => number
  readonly framed: () => number
  readonly decoded: () => number
} {
  const chunks = sessionChunks(id, carCount, chunkBytes)
  const { framing, engine } = rsuVariant(id)
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const pass = id === 'generic-bcc' ? xorPass : crcPass
  const hear = (decode: boolean): number => {
    let state = emptyFraming
    for (const chunk of chunks) {
      const decoded = framing.decode(state, chunk)
      state = decoded.state
      must(decoded.discards.length === 0, 'a clean line loses nothing')
      for (const frame of decoded.frames) {
        if (decode && frame.data.length > 0) sink ^= engine.decode(frame.data).ok ? 1 : 0
        else sink ^= frame.seq
      }
    }
    return total
  }
  return {
    bare: () => {
      for (const chunk of chunks) sink ^= pass(chunk)
      return total
    },
    framed: () => hear(false),
    decoded: () => hear(true),
  }
}

async function run(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const id of rsuVariantIds) {
    const work = measured(id)
    const peerName = `bare ${id === 'generic-bcc' ? 'XOR' : 'CRC-16'} pass over the same bytes`
    for (const [metric, ours] of [
      [`framing ${id}`, work.framed],
      [`decode ${id}`, work.decoded],
    ] as const) {
      const pairs = await rounds(
        roundCount,
        () => perSecond(roundMs, ours) / 1e6,
        () => perSecond(roundMs, work.bare) / 1e6,
      )
      results.push(resultOf({ metric, unit: 'MB/s', peerName, better: 'higher' }, pairs))
    }
  }
  must(sink >= 0, 'every pass was carried out')
  return results
}

export const codecRow: BenchRow = { run }
