// F01 to F09: damage on the link, against every framing that takes bytes from a device.
// Discarded bytes are counted exactly, the next good frame is read, and memory stays flat.
import { describe, expect, it } from 'vitest'
import { checkMeaning, type CardRead } from '#devices/pure/etc/meaning.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { encodeBcc } from '#devices/pure/rsu/generic-bcc/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { Bench, obuId } from '../firmware-runtime/devices/pure/rsu/driver-bench.ts'
import { seeded } from '../fuzz/mutator.ts'
import { bytesOf, joined, rsuFramings, framings, type TestedFraming } from './framings.ts'

const checked = framings.filter(({ check }) => check !== 'none')
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const out = bytes.slice()
  out[bit >> 3] = (out[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return out
}
const decodedText = (framing: TestedFraming, good: Uint8Array): string =>
  framing.hear([good]).frames[0] ?? ''
const goodOf = (framing: TestedFraming): Uint8Array => present(framing.goods[0], framing.name)

/** Feeds the damaged frame, a silence, and a good frame; the last frame read must be the good one. */
function receivedAfter(
  framing: TestedFraming,
  damaged: Uint8Array,
): { frames: readonly string[]; lost: number } {
  const good = goodOf(framing)
  const { frames, lost } = framing.hear([damaged, null, good])
  expect(frames.at(-1), `${framing.name}: ${hexOf(damaged)}`).toBe(decodedText(framing, good))
  return { frames: frames.slice(0, -1), lost }
}

describe.each(checked)('$name', (framing) => {
  it('F01 one bit flipped, at every place: dropped and counted, the next one is heard', () => {
    for (const good of framing.goods)
      for (let bit = 0; bit < good.length * 8; bit++) {
        const { frames, lost } = receivedAfter(framing, flipped(good, bit))
        // A start mark is doubled on some links: one of the two may be lost without harm.
        if (frames.length > 0) expect(frames).toEqual([decodedText(framing, good)])
        else expect(lost, hexOf(good)).toBeGreaterThan(0)
      }
  })
  it('F04 a burst of one to eight bytes: dropped and counted, the next one is heard', () => {
    const draw = seeded(4)
    let passed = 0
    for (let i = 0; i < 4_000; i++) {
      const good = present(framing.goods[i % framing.goods.length], framing.name)
      const damaged = good.slice()
      const length = 1 + draw(8)
      const at = draw(Math.max(1, good.length - length))
      for (let k = at; k < at + length; k++) damaged[k] = draw(256)
      const { frames, lost } = receivedAfter(framing, damaged)
      if (frames.length === 0) expect(lost).toBeGreaterThan(0)
      else if (frames[0] !== decodedText(framing, good)) passed++
    }
    // One damaged frame in 256 passes an XOR check and is judged by its meaning (F02); with CRC-16 one in 65,536.
    expect(passed).toBeLessThanOrEqual(framing.check === 'xor' ? 40 : 2)
  })
})

describe.each(framings)('$name', (framing) => {
  it('F05 cut at every byte: what is left is counted, the next one is heard', () => {
    for (const good of framing.goods)
      for (let end = 1; end < good.length; end++) {
        const { frames, lost } = receivedAfter(framing, good.slice(0, end))
        expect(frames).toEqual([])
        // Delimiters of generic-bcc belong to no frame.
        if (end > 2) expect(lost).toBeGreaterThan(0)
      }
  })
  it('F08 a start mark inside data: the frame that has it is whole, and so is the next', () => {
    const mark = Uint8Array.from(framing.start)
    const good = goodOf(framing)
    const { frames } = framing.hear([mark, good, mark, null, good])
    expect(frames.at(-1)).toBe(decodedText(framing, good))
    expect(frames.filter((one) => one !== decodedText(framing, good))).toEqual([])
  })
  it('F09 two frames in one read, and one in as many reads as bytes: each is heard once', () => {
    const all = framing.goods.map((good) => decodedText(framing, good))
    expect(framing.hear([joined(...framing.goods)])).toMatchObject({ frames: all, lost: 0 })
    for (const good of framing.goods) {
      const bytes = Array.from(good, (byte) => Uint8Array.of(byte))
      expect(framing.hear(bytes)).toMatchObject({ frames: [decodedText(framing, good)], lost: 0 })
      const forty = Array.from({ length: 40 }, (_, i) =>
        good.slice(Math.floor((i * good.length) / 40), Math.floor(((i + 1) * good.length) / 40)),
      )
      expect(framing.hear(forty).frames).toEqual([decodedText(framing, good)])
    }
  })
})

/** Frame starts whose length is impossible or is followed by nothing. */
const lengths: readonly (readonly [framing: string, heads: readonly string[]])[] = [
  ['generic-bcc', ['FFFF', 'FFFF08', 'FFFF0808']],
  ['generic-ver', ['FFFF000800000000', 'FFFF00080000FFFF', 'FFFF0008FFFFFFFF', 'FFFF000800000400']],
  ['generic-len', ['FFFF0000', 'FFFFFFFF', 'FFFF0400', 'FFFF0401']],
  ['barrier on Modbus TCP', ['000100000000', '00010000FFFF', '0001000000FE01', '00010000000101']],
  ['barrier on Modbus RTU', ['010200', '0102FF', '0102FA']],
  ['display board', ['0064FFFF30FF', '0064FFFF3000']],
  [
    'camera of Vzicom',
    ['565A000000000000', '565A0000FFFFFFFF', '565A00000010000000', '565A000000'],
  ],
]

it.each(lengths)(
  'F06 a length of nothing, the most or too much on %s: memory flat',
  (name, heads) => {
    const framing = present(
      framings.find((one) => one.name === name),
      name,
    )
    for (const head of heads) {
      const filler = new Uint8Array(65_536).fill(0x20)
      const pieces = [bytesOf(head), ...Array.from({ length: 16 }, () => filler)]
      const { held, frames, lost } = framing.hear(pieces)
      expect(frames).toEqual([])
      expect(held, head).toBeLessThanOrEqual(framing.heldMax)
      // Everything is counted except what may still wait for its rest.
      expect(lost + framing.heldMax, head).toBeGreaterThanOrEqual(16 * 65_536)
      receivedAfter(framing, bytesOf(head))
    }
  },
)

describe('generic-bcc', () => {
  const framing = present(
    rsuFramings.find(({ check }) => check === 'xor'),
    'generic-bcc',
  )
  it('F07 an escape byte last, or a bad escape pair: counted, the lane goes on', () => {
    const rows: readonly (readonly [bad: string, lost: number])[] = [
      ['FFFF18B2FEFF', 3],
      ['FFFF18B2FE02FF', 4],
      ['FFFF18FEFEFF', 3],
      ['FFFFFEFF', 1],
      ['FFFFFE7F00FF', 3],
    ]
    for (const [bad, lost] of rows) {
      expect(receivedAfter(framing, bytesOf(bad)), bad).toEqual({ frames: [], lost })
      // Without the silence, and cut between the two bytes of the pair.
      const [head, tail] = [bytesOf(bad).slice(0, -2), bytesOf(bad).slice(-2)]
      expect(framing.hear([head, tail, goodOf(framing)])).toMatchObject({
        frames: [decodedText(framing, goodOf(framing))],
        lost,
      })
    }
  })
  it('F07 a bad escape pair that would stand for a byte of a whole frame is none', () => {
    const { encode } = rsuVariant('generic-bcc').framing
    const heartbeat = hexOf(encode(0x18, bytesOf('B20000000080')))
    expect(framing.hear([bytesOf(heartbeat)]).frames).toHaveLength(1)
    // FE 02 means 100 hex: cut to a byte it would be the 00 that stood there, and the check would pass.
    for (const pair of ['FE02', 'FE03', 'FE80', 'FEFD'])
      expect(receivedAfter(framing, bytesOf(heartbeat.replace('B200', `B2${pair}`)))).toMatchObject(
        { frames: [] },
      )
  })
  it('F08 marks inside data are escaped, and come back as they were', () => {
    const data = bytesOf('B2FFFEFFFF')
    const sent = encodeBcc(0x18, data)
    expect(hexOf(sent.subarray(2, -1))).not.toContain('FFFF')
    const { framing } = rsuVariant('generic-bcc')
    const { frames } = framing.decode({ pending: new Uint8Array(0), dropping: false }, sent)
    expect(frames.map((frame) => hexOf(frame.data))).toEqual(['B2FFFEFFFF'])
  })
})

/** Damaged frames of one transaction, each with a valid check, so that only their meaning can reveal the damage. */
interface Deal {
  readonly read: CardRead | null
  readonly refused: boolean
}

const dealFrames = (id: RsuVariantId): readonly string[] =>
  id === 'generic-len' ? ['B4'] : id === 'generic-ver' ? ['B2', 'B4'] : ['B2', 'B3', 'B4']

const ready = new Map(rsuVariantIds.map((id) => [id, new Bench(id).ready().state]))

/** One transaction in which one frame has other bytes, continued as far as a C6. */
function dealWith(id: RsuVariantId, damagedCode: string, data: Uint8Array): Deal {
  const rsu = new Bench(id)
  rsu.state = present(ready.get(id), id)
  let read: CardRead | null = null
  for (const code of dealFrames(id)) {
    const bytes = code === damagedCode ? data : rsu.data(code, { obuId })
    rsu.receive(rsu.v.framing.encode(rsu.nextSeq(), bytes))
    for (const event of rsu.events()) if (event.type === 'cardRead') read = event
  }
  const cardRead: CardRead | null = read
  const wrong =
    cardRead === null
      ? null
      : checkMeaning(cardRead, {
          cameraPlate: '测A12345',
          cameraColour: 'blue',
          plateTolerance: 0,
          nowMs: rsu.nowMs,
          isBlacklisted: () => false,
          amountFen: 500,
        })
  return { read: cardRead, refused: cardRead === null || wrong !== null }
}

/** Values that no second frame confirms: damage to these alone cannot be noticed. */
const reportedOnceOnAll = [
  'balanceFen',
  'card.cardNo',
  'card.cardVersion',
  'card.colour',
  'card.expireDate',
  'card.network',
  'card.startDate',
  'card.userType',
  'obu.batteryLow',
  'obu.contractSerial',
  'obu.expireDate',
  'obu.issueDate',
  'obu.issuerHex',
  'obu.statusHex',
  'station0019Hex',
  'vehicle.plateRaw',
  'vehicle.vehicleClass',
]
/** Values that a single frame or place reports under a CRC-16, which damage passes once in 65,536. */
const reportedOnce: Readonly<Record<RsuVariantId, readonly string[]>> = {
  'generic-bcc': reportedOnceOnAll,
  'generic-ver': [...reportedOnceOnAll, 'card.cardType'],
  'generic-len': [...reportedOnceOnAll, 'card.cardType', 'obu.obuId'],
}

function flat(value: object, at = ''): Map<string, unknown> {
  const out = new Map<string, unknown>()
  for (const [name, one] of Object.entries(value) as [string, unknown][])
    if (typeof one === 'object' && one !== null)
      for (const [inner, leaf] of flat(one, `${at}${name}.`)) out.set(inner, leaf)
    else out.set(`${at}${name}`, one)
  return out
}

/** The damaged values that were accepted, out of `tries` damages that all pass the frame's check. */
function believed(
  id: RsuVariantId,
  tries: number,
  damage: (data: Uint8Array, draw: (below: number) => number) => Uint8Array,
): { readonly refused: number; readonly fields: Set<string>; readonly reads: CardRead[] } {
  const draw = seeded(23)
  const bench = new Bench(id)
  const clean = present(dealWith(id, '', new Uint8Array(0)).read, 'a whole deal is read')
  const fields = new Set<string>()
  const reads: CardRead[] = []
  let refused = 0
  for (let i = 0; i < tries; i++) {
    const codes = dealFrames(id)
    const code = present(codes[i % codes.length], 'a code')
    const { read, refused: no } = dealWith(id, code, damage(bench.data(code, { obuId }), draw))
    if (no || read === null) {
      refused++
      continue
    }
    reads.push(read)
    const seen = flat(read)
    for (const [name, value] of flat(clean)) if (seen.get(name) !== value) fields.add(name)
  }
  return { refused, fields, reads }
}

function judge(id: RsuVariantId, found: ReturnType<typeof believed>): void {
  expect(found.refused).toBeGreaterThan(100)
  // The identity of the car, and whether it may pay, must never be accepted wrongly.
  expect([...found.fields].filter((name) => !reportedOnce[id].includes(name))).toEqual([])
  for (const { vehicle, card, obu } of found.reads) {
    expect([vehicle.plate, card.plate]).toEqual(['测A12345', '测A12345'])
    expect(obu.removed || obu.locked || obu.cardAbsent || obu.cardError).toBe(false)
    expect(card.cardNo).toMatch(/^\d{20}$/)
    expect([22, 23]).toContain(card.cardType)
    for (const day of [obu.issueDate, obu.expireDate, card.startDate, card.expireDate])
      expect(day).toMatch(/^(0{8}|\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|)$/)
  }
}

describe.each(rsuVariantIds.map((id) => ({ id })))('$id', ({ id }) => {
  it('F02 four bits flipped: what the check lets through is refused by its meaning', () => {
    const framing = present(
      rsuFramings.find(({ name }) => name === id),
      id,
    )
    const draw = seeded(22)
    let passed = 0
    const tries = 6_000
    for (let i = 0; i < tries; i++) {
      const good = present(framing.goods[i % framing.goods.length], id)
      let damaged = good
      for (let n = 0; n < 4; n++) damaged = flipped(damaged, 16 + draw(good.length * 8 - 24))
      if (framing.hear([damaged]).frames.some((one) => one !== decodedText(framing, good))) passed++
    }
    expect(passed / tries).toBeLessThan(id === 'generic-bcc' ? 0.04 : 0.001)
    judge(
      id,
      believed(id, 3_000, (data, random) => {
        let out = data
        for (let n = 0; n < 4; n++) out = flipped(out, 8 + random(data.length * 8 - 8))
        return out
      }),
    )
  })
  it('F03 two bytes swapped: an exclusive-or lets them pass, the rules of the fields do not', () => {
    judge(
      id,
      believed(id, 3_000, (data, random) => {
        const out = data.slice()
        const [a, b] = [1 + random(data.length - 1), 1 + random(data.length - 1)]
        ;[out[a], out[b]] = [data[b] ?? 0, data[a] ?? 0]
        return out
      }),
    )
  })
})
