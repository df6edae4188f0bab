// Framing of every variant: published examples, negative vectors, any split of the stream, and that
// every byte is either in a frame, pending, a delimiter or counted as discarded.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { crcX25 } from '#devices/pure/rsu/crc-x25.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import type { Discard, Framing, FramedData } from '#devices/pure/rsu/framing.ts'
import { bccBodyMax } from '#devices/pure/rsu/generic-bcc/framing.ts'
import { lenPendingMax } from '#devices/pure/rsu/generic-len/framing.ts'
import { verPendingMax } from '#devices/pure/rsu/generic-ver/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'

const bytesOf = (hex: string): Uint8Array => present(bytesOfHex(hex), 'the fixture is hex')
const fixture = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../../fixtures/rsu/${name}.json`, import.meta.url), 'utf8'),
  )

interface SessionRow {
  readonly name: string
  readonly from: 'pc' | 'rsu'
  readonly quotedLength: number
  readonly wireLength: number
  readonly wireHex: string
}
interface NegativeRow {
  readonly variant: RsuVariantId
  readonly name: string
  readonly wireHex: string
  readonly reason: string
  readonly discarded: number
}
interface Negatives {
  readonly rows: readonly NegativeRow[]
  readonly accepted: readonly {
    variant: RsuVariantId
    name: string
    wireHex: string
    frames?: number
  }[]
  readonly follows: Record<RsuVariantId, string>
}

const sessions = rsuVariantIds.flatMap((id) => {
  const { frames } = fixture(`${id}-session`) as { frames: readonly SessionRow[] }
  return frames.map((row, i) => ({ ...row, id, title: `${id} ${i + 1} ${row.name}` }))
})
const escapes = (
  fixture('generic-bcc-escape') as {
    frames: readonly { name: string; clearHex: string; wireHex: string }[]
  }
).frames
const negatives = fixture('negative') as Negatives

interface Heard {
  readonly frames: FramedData[]
  readonly discards: Discard[]
  readonly pending: number
  readonly longest: number
}

function hear(framing: Framing, chunks: readonly Uint8Array[]): Heard {
  let state = emptyFraming
  const received = { frames: [] as FramedData[], discards: [] as Discard[] }
  let longest = 0
  for (const chunk of chunks) {
    const result = framing.decode(state, chunk)
    state = result.state
    longest = Math.max(longest, state.pending.length)
    received.frames.push(...result.frames.map((f) => ({ seq: f.seq, data: f.data.slice() })))
    received.discards.push(...result.discards)
    chunk.fill(0xaa)
  }
  return { ...received, pending: state.pending.length, longest }
}

const frameTexts = ({ frames }: Heard): string[] =>
  frames.map((f) => `${hexOf(Uint8Array.of(f.seq))} ${hexOf(f.data)}`)
const lost = ({ discards }: Heard): number => discards.reduce((sum, d) => sum + d.count, 0)

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((c) => c % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return at.slice(1).map((end, i) => bytes.slice(at[i], end))
}

describe('published examples', () => {
  it.each(sessions)('$title reads, is known, and is written the same', (row) => {
    const v = rsuVariant(row.id)
    const bytes = bytesOf(row.wireHex)
    expect(bytes.length).toBe(row.wireLength)
    const received = hear(v.framing, [bytes.slice()])
    expect(received).toMatchObject({ discards: [], pending: 0 })
    const frame = present(received.frames[0], 'one frame')
    expect(frame.data.length + v.table.counting.lengthAdds).toBe(row.quotedLength)
    expect(hexOf(v.framing.encode(frame.seq, frame.data))).toBe(hexOf(bytes))
    if (row.name === 'ack') return
    const decoded = v.engine.decode(frame.data)
    expect(decoded).toMatchObject({ ok: true, warnings: [] })
    const table = v.table.frames.find((f) => f.code === decoded.code)
    expect(table?.from).toBe(row.from)
  })

  it.each(escapes)('$name', ({ clearHex, wireHex }) => {
    const { framing } = rsuVariant('generic-bcc')
    const clear = bytesOf(clearHex)
    const data = clear.slice(1, -1)
    expect(hexOf(framing.encode(present(clear[0], 'RSCTL'), data))).toBe(hexOf(bytesOf(wireHex)))
    const received = hear(framing, [bytesOf(wireHex)])
    expect(frameTexts(received)).toEqual([`${hexOf(clear.slice(0, 1))} ${hexOf(data)}`])
  })

  it('CRC-16/X-25 of 123456789 is 906E', () => {
    expect(crcX25(new TextEncoder().encode('123456789'))).toBe(0x906e)
  })
})

describe('negative vectors', () => {
  it.each(negatives.rows)('$variant $name: dropped, counted, the next frame heard', (row) => {
    const { framing } = rsuVariant(row.variant)
    const next = bytesOf(negatives.follows[row.variant])
    const received = hear(framing, [Uint8Array.from([...bytesOf(row.wireHex), ...next])])
    expect(frameTexts(received)).toEqual(frameTexts(hear(framing, [next.slice()])))
    expect(lost(received)).toBe(row.discarded)
    expect(received.discards[0]?.reason).toBe(row.reason)
    expect(received.pending).toBe(0)
  })

  it.each(negatives.accepted)('$variant $name is taken', (row) => {
    const received = hear(rsuVariant(row.variant).framing, [bytesOf(row.wireHex)])
    expect(received.frames).toHaveLength(row.frames ?? 1)
  })

  it('an unescaped BCC is taken only where the profile says so', () => {
    const tolerant = rsuVariant('generic-bcc', true).framing
    for (const [hex, frame] of [
      ['FFFF83C2020000BD01FFFF', '83 C2020000BD01'],
      ['FFFF83C2020000BC01FEFF', '83 C2020000BC01'],
      ['FFFF817EFFFF', '81 7E'],
    ] as const) {
      expect(frameTexts(hear(tolerant, [bytesOf(hex)]))).toEqual([frame])
      expect(frameTexts(hear(rsuVariant('generic-bcc').framing, [bytesOf(hex)]))).toEqual([])
    }
    expect(frameTexts(hear(tolerant, [bytesOf('FFFFFE01FF')]))).toEqual([])
    expect(frameTexts(hear(tolerant, [bytesOf('FFFF818080FF')]))).toEqual([])
    expect(frameTexts(hear(tolerant, [bytesOf('FFFF81FE02FF')]))).toEqual([])
  })
})

describe('what can be no head', () => {
  const ver = (hex: string, kept: number) => ['generic-ver', hex, kept] as const
  const len = (hex: string, kept: number) => ['generic-len', hex, kept] as const
  it.each([
    // A head, or a possible beginning of one, waits for the rest of its frame.
    ...['FF', 'FFFF', 'FFFF00', 'FFFF0001', 'FFFF000100', 'FFFF00010000', 'FFFF0001000004'].map(
      (hex) => ver(hex, hex.length / 2),
    ),
    ver('FFFF000100000400', 8),
    ver('FFFF000100000001', 8),
    ...['FF', 'FFFF', 'FFFF04', 'FFFF0400', 'FFFF0001', 'FFFF000100'].map((hex) =>
      len(hex, hex.length / 2),
    ),
    // Wrong in one place.
    ...['AA', 'AAFF', 'FFAA', 'FFFF01', 'FFFF000101', 'FFFF00010001', 'FFFF0001000005'].map((hex) =>
      ver(hex, hex.endsWith('FF') ? 1 : 0),
    ),
    ...['FFFF000100000401', 'FFFF000100000000', 'FFFF010100000001'].map((hex) => ver(hex, 0)),
    ...['FFFF000101000001', 'FFFF000100010001', 'AAFF000100000001'].map((hex) => ver(hex, 0)),
    ...['FFAA000100000001', 'AAFF00010000', 'AAFF'].map((hex) =>
      ver(hex, hex.endsWith('FF') ? 1 : 0),
    ),
    ...['AA', 'FFAA', 'FFFF05', 'FFFF0401', 'FFFF0000', 'AAFF0001'].map((hex) => len(hex, 0)),
    len('AAFF', 1),
    // Wrong in two places that cancel each other out.
    ...['FEFEFF', 'FEFF010100000001', 'FFFE010100000001'].map((hex) =>
      ver(hex, hex.endsWith('FF') ? 1 : 0),
    ),
    ...['FFFF010101000001', 'FFFF010100010001', 'FFFF000101010001'].map((hex) => ver(hex, 0)),
    ...['FEFE000100000001', 'FEFF000101000001', 'FFFE000100010001'].map((hex) => ver(hex, 0)),
  ])('%s %s: %i bytes wait, the others are dropped at once', (id, hex, kept) => {
    const received = hear(rsuVariant(id).framing, [bytesOf(hex)])
    expect([received.pending, lost(received), received.frames]).toEqual([
      kept,
      hex.length / 2 - kept,
      [],
    ])
  })
  it('a frame of most bytes waits for its last one, and no frame is longer', () => {
    expect([verPendingMax, lenPendingMax]).toEqual([1034, 1030])
    for (const id of ['generic-ver', 'generic-len'] as const) {
      const { framing } = rsuVariant(id)
      const whole = framing.encode(1, new Uint8Array(1024).fill(0xa5))
      const parts = [whole.slice(0, -1), whole.slice(-1)]
      expect(whole.length).toBe(id === 'generic-ver' ? verPendingMax : lenPendingMax)
      const received = hear(framing, parts)
      expect([received.frames.length, received.longest]).toEqual([1, whole.length - 1])
      expect(hear(framing, [framing.encode(1, new Uint8Array(1025))]).frames).toEqual([])
    }
  })
  it('generic-bcc: a frame that has lost its first marks is still heard', () => {
    expect(frameTexts(hear(rsuVariant('generic-bcc').framing, [bytesOf('8181FF')]))).toEqual([
      '81 ',
    ])
  })
  it.each([0, 1, 200, bccBodyMax])('generic-bcc: the longest body, cut at %i', (cut) => {
    const { framing } = rsuVariant('generic-bcc')
    const most = framing.encode(1, new Uint8Array(bccBodyMax - 2).fill(0x11))
    const more = framing.encode(1, new Uint8Array(bccBodyMax - 1).fill(0x11))
    for (const [bytes, frames] of [
      [most, 1],
      [more, 0],
    ] as const) {
      const received = hear(framing, [bytes.slice(0, 2 + cut), bytes.slice(2 + cut)])
      expect([received.frames.length, lost(received)]).toEqual([
        frames,
        frames === 1 ? 0 : bccBodyMax + 1,
      ])
    }
  })
})

const streamOf = (id: RsuVariantId): Uint8Array => {
  const rows = sessions.filter((r) => r.id === id)
  return Uint8Array.from(rows.flatMap((r) => [...bytesOf(r.wireHex)]))
}

describe('any split', () => {
  it.each(rsuVariantIds)('%s: the session reads the same however it is cut', (id) => {
    const { framing } = rsuVariant(id)
    const stream = streamOf(id)
    const whole = frameTexts(hear(framing, [stream.slice()]))
    expect(whole).toHaveLength(sessions.filter((r) => r.id === id).length)
    expect(
      frameTexts(
        hear(
          framing,
          [...stream].map((b) => Uint8Array.of(b)),
        ),
      ),
    ).toEqual(whole)
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        expect(frameTexts(hear(framing, split(stream, cuts)))).toEqual(whole)
      }),
    )
  })

  it.each(rsuVariantIds)('%s: what is written is read, every byte accounted for', (id) => {
    const { framing, table } = rsuVariant(id)
    const hasSeq = table.sequence !== 'none'
    const frame = fc.tuple(fc.nat(255), fc.uint8Array({ minLength: 1, maxLength: 200 }))
    // Bytes that are likely to look like marks, escapes and lengths.
    const noise = fc.array(fc.constantFrom(0x00, 0x01, 0x02, 0xfe, 0xff, 0x10), { maxLength: 40 })
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, frame)), fc.array(fc.nat()), (parts, cuts) => {
        const clean = parts.flatMap(([, [seq, data]]) => [...framing.encode(seq, data)])
        const receivedClean = hear(framing, split(Uint8Array.from(clean), cuts))
        expect(frameTexts(receivedClean)).toEqual(
          parts.map(
            ([, [seq, data]]) => `${hexOf(Uint8Array.of(hasSeq ? seq : 0))} ${hexOf(data)}`,
          ),
        )
        const bytes = parts.flatMap(([n, [seq, data]]) => [...n, ...framing.encode(seq, data)])
        const received = hear(framing, split(Uint8Array.from(bytes), cuts))
        const framed = received.frames.map((f) => framing.encode(f.seq, f.data))
        const marks = (list: readonly number[]): number => list.filter((b) => b === 0xff).length
        const inFrames = framed.reduce(
          (sum, f) => sum + f.length - (id === 'generic-bcc' ? 3 : 0),
          0,
        )
        const delimiters = id === 'generic-bcc' ? marks(bytes) : 0
        expect(inFrames + lost(received) + received.pending + delimiters).toBe(bytes.length)
      }),
    )
  })
})

describe('bounded', () => {
  it('generic-bcc holds at most its body cap and recovers', () => {
    const { framing } = rsuVariant('generic-bcc')
    const flood = Array.from({ length: 200 }, () => new Uint8Array(97).fill(0x11))
    const received = hear(framing, [...flood, bytesOf('FFFF8181FF')])
    expect(received.longest).toBeLessThanOrEqual(bccBodyMax)
    expect(lost(received)).toBe(200 * 97)
    expect(received.frames).toHaveLength(1)
  })

  it.each([
    ['generic-ver', 'FFFF000000000400', verPendingMax],
    ['generic-len', 'FFFF04000000FFFF', lenPendingMax],
  ] as const)('%s holds at most one frame, whatever runs of heads come', (id, hex, max) => {
    const { framing } = rsuVariant(id)
    // Every eight bytes are the head of a frame of 1,024: the worst case on a line.
    const head = bytesOf(hex)
    const flood = Array.from({ length: 40_000 }, () => head.slice())
    const received = hear(framing, flood)
    expect(received.longest).toBeLessThanOrEqual(max)
    expect(lost(received) + received.pending).toBe(320_000)
  })

  it.each([
    ['generic-ver', 'FFFF000000000400'],
    ['generic-len', 'FFFF0400'],
  ] as const)('%s: a silent line frees a frame hidden behind a false head', (id, headHex) => {
    const { framing } = rsuVariant(id)
    const [head, good] = [bytesOf(headHex), bytesOf(negatives.follows[id])]
    const first = framing.decode(emptyFraming, Uint8Array.from([...head, ...good]))
    expect(first.frames).toEqual([])
    const flushed = framing.flush(first.state)
    expect(flushed.frames).toHaveLength(1)
    expect(flushed.state.pending.length).toBe(0)
    expect(flushed.discards.reduce((sum, d) => sum + d.count, 0)).toBe(head.length)
  })

  it('generic-bcc: a silent line frees what is pending', () => {
    const bcc = rsuVariant('generic-bcc').framing
    const half = bcc.decode(emptyFraming, bytesOf('FFFF82C102'))
    expect(bcc.flush(half.state)).toMatchObject({ discards: [{ count: 3, reason: 'flush' }] })
    expect(bcc.flush(emptyFraming).discards).toEqual([])
  })
})
