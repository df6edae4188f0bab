// The pure parts of the probe: what it may send, what it understands, how garbage and a swapped wire pair look.
// The line between is the simulators' own code, so that no error can cancel itself out.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { allAsks, requestCodes } from '#devices/pure/rsu/probe/ask.ts'
import { echoed, freshEar, hear, variantReceived } from '#devices/pure/rsu/probe/ear.ts'
import { baudsFrom, usualBauds } from '#devices/pure/rsu/probe/plan.ts'
import { invertedImage, swappedHeads } from '#devices/pure/rsu/probe/swapped.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { throughUart } from '#simulators/shell/uart.ts'

const bytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'hex')

/** One status frame of each variant as a device sends it. */
const statusOf = {
  'generic-bcc': 'B0 00 02 370100000001 370100000002 00 08 000829 0200 0000000000',
  'generic-ver': 'B0 00 01 01 00 00 370100000001 00 08 000829 2000 00 000000 03040000',
  'generic-len': 'B0 00 02 000829 0102 0100 0100 00',
} as const
const statusBytes = (id: keyof typeof statusOf): Uint8Array => {
  const seq = id === 'generic-bcc' ? 0x08 : 1
  return rsuVariant(id).framing.encode(seq, bytes(statusOf[id]))
}

describe('what a probe says', () => {
  it('is one question a variant, which only its own variant takes, and sets nothing', () => {
    const asks = allAsks()
    expect(asks.map(({ variant }) => variant).sort()).toEqual([...rsuVariantIds].sort())
    for (const ask of asks) {
      const { framing, engine } = rsuVariant(ask.variant)
      const { frames, discards } = framing.decode(emptyFraming, ask.bytes)
      expect(discards).toEqual([])
      expect(frames.map(({ data }) => engine.decode(data))).toMatchObject([
        ask.variant === 'generic-len'
          ? { ok: true, code: 'CA' }
          : { ok: true, code: rsuVariant(ask.variant).table.antennaSwitch, value: { switch: 0 } },
      ])
    }
  })
  it('leaves no receiver of another variant waiting for the rest of a frame', () => {
    const asks = allAsks()
    for (const [i, { variant }] of asks.entries()) {
      const { framing } = rsuVariant(variant)
      let state = emptyFraming
      const read = asks.slice(0, i + 1).map(({ bytes: sent }) => {
        const step = framing.decode(state, sent)
        state = step.state
        return step.frames.length
      })
      expect(read.at(-1), variant).toBe(1)
    }
  })
  it('reads as no debit in any variant, from any byte on', () => {
    const all = Uint8Array.from(allAsks().flatMap((ask) => [...ask.bytes]))
    for (const id of rsuVariantIds) {
      const { framing, engine } = rsuVariant(id)
      for (let from = 0; from < all.length; from++) {
        const { frames } = framing.decode(emptyFraming, all.slice(from))
        for (const { data } of frames) {
          const decoded = engine.decode(data)
          if (decoded.ok) expect(requestCodes, `${id} from ${from}`).toContain(decoded.code)
        }
      }
    }
  })
})

describe('what is understood', () => {
  it.each(rsuVariantIds)('a status of %s, however it is cut', (id) => {
    const bytes = statusBytes(id)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const ear = hear(hear(freshEar, bytes.slice(0, cut)), bytes.slice(cut))
      expect(variantReceived(ear)).toBe(id)
      expect(ear.heard[id]).toMatchObject({ framed: bytes.length, codes: ['B0'] })
    }
  })
  it('an empty acknowledgement is a word of generic-bcc, of an RSU alone', () => {
    const ack = (seq: number): Uint8Array => Uint8Array.of(0xff, 0xff, seq, seq, 0xff)
    const variantOf = (bytes: Uint8Array): unknown => variantReceived(hear(freshEar, bytes))
    for (const seq of [0x08, 0x18, 0x78, 0x98]) expect(variantOf(ack(seq))).toBe('generic-bcc')
    for (const seq of [0x00, 0x80, 0x89, 0x55]) expect(variantOf(ack(seq))).toBeNull()
  })
  it('our own question that comes back is an echo and no device', () => {
    for (const ask of allAsks()) {
      const ear = hear(freshEar, ask.bytes)
      expect([variantReceived(ear), echoed(ear)]).toEqual([null, true])
    }
  })
  it('garbage of a wrong speed is no variant, whatever the speeds', () => {
    for (const id of rsuVariantIds)
      for (const fromBaud of usualBauds)
        for (const toBaud of usualBauds.filter((baud) => baud !== fromBaud)) {
          const garbage = throughUart(statusBytes(id), { fromBaud, toBaud, swapped: false })
          const ear = hear(freshEar, garbage)
          expect(
            [variantReceived(ear), swappedHeads(garbage)],
            `${id} ${fromBaud} ${toBaud}`,
          ).toEqual([null, 0])
        }
  })
  it('noise is never two frames that fit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const ear = hear(freshEar, noise)
        expect(ear.bytes).toBe(noise.length)
        expect(ear.heard['generic-ver'].frames + ear.heard['generic-len'].frames).toBe(0)
      }),
    )
  })
})

describe('a swapped pair', () => {
  it.each(rsuVariantIds)('shows in the bytes of %s', (id) => {
    const ends = { fromBaud: 9600, toBaud: 9600, swapped: true }
    const bytes = statusBytes(id)
    const arrived = throughUart(bytes, ends)
    expect(swappedHeads(arrived)).toBeGreaterThan(0)
    expect([...arrived].slice(0, 8)).toEqual(invertedImage([...bytes]).slice(0, 8))
    expect(swappedHeads(bytes)).toBe(0)
  })
})

describe('the plan', () => {
  it('tries the named speed first, and each once', () => {
    expect(baudsFrom(9600, usualBauds)[0]).toBe(9600)
    expect([...baudsFrom(9600, usualBauds)].sort()).toEqual([...usualBauds].sort())
    expect(baudsFrom(1200, usualBauds)).toEqual([1200, ...usualBauds])
    expect(baudsFrom(null, usualBauds)).toBe(usualBauds)
  })
})
