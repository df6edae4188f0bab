// F10 to F15 and F18: frames that arrive twice, late, out of order or not at all during a transaction.
// Money is never charged twice and never guessed; an unknown result is queried and settled once.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import {
  b5,
  cardReadEvent,
  LaneBench,
  otherPlate,
  proofFor,
} from '../firmware-runtime/lane/pure/lane-bench.ts'
import { arriving } from '../firmware-runtime/lane/pure/effects-kit.ts'
import { BoardBench } from '../firmware-runtime/devices/pure/barrier/modbus-relay/bench.ts'
import { RsuContractBench } from '../firmware-runtime/devices/pure/contract/rsu-bench.ts'
import { Bench, cardNo, obuId } from '../firmware-runtime/devices/pure/rsu/driver-bench.ts'

const all = rsuVariantIds.map((id) => ({ id }))
const otherObu = '02009999'

/** The RSU's frames up to B4, so that a test can repeat them byte by byte. */
function deal(rsu: Bench): Uint8Array[] {
  const { table, framing } = rsu.v
  const codes =
    table.opensWith === 'B4'
      ? ['B4']
      : table.capabilities.vehicleFrame
        ? ['B2', 'B3', 'B4']
        : ['B2', 'B4']
  return codes.map((code) => {
    const bytes = framing.encode(rsu.nextSeq(), rsu.data(code, { obuId }))
    rsu.receive(bytes)
    return bytes
  })
}
const sentC6 = (words: readonly string[]): number => words.filter((word) => word === '>C6').length

/** A lane whose debit was sent and not answered clearly. */
const inDoubt = (): LaneBench =>
  new LaneBench().entered().give(...arriving, cardReadEvent(), b5('unknown'))
const paid = (bench: LaneBench): number => bench.rows.filter((row) => row.kind === 'payment').length

describe.each(all)('$id', ({ id }) => {
  it('F10 the same frame three times more: one debit, one result, the same answer again', () => {
    const rsu = new Bench(id).ready()
    const said = deal(rsu)
    const words = said
      .flatMap((bytes) => [rsu.receive(bytes), rsu.receive(bytes), rsu.receive(bytes)])
      .flat()
    expect(words.filter((word) => word === 'cardRead')).toEqual([])
    expect(sentC6(rsu.debit())).toBe(1)
    for (const bytes of [...said, ...said]) expect(sentC6(rsu.receive(bytes))).toBe(0)
    const b5Bytes = rsu.v.framing.encode(rsu.nextSeq(), rsu.data('B5'))
    expect(rsu.receive(b5Bytes)).toEqual(['debitResult'])
    const again = [1, 2, 3].flatMap(() => rsu.receive(b5Bytes))
    expect(again.filter((word) => word !== '>C1')).toEqual([])
    expect(sentC6(rsu.debit('D2'))).toBe(0)
  })

  it('F11 an old sequence number after a reconnect: counted, and no second debit', () => {
    const rsu = new Bench(id).ready()
    const said = deal(rsu)
    rsu.debit()
    const b5Bytes = rsu.v.framing.encode(rsu.nextSeq(), rsu.data('B5'))
    rsu.receive(b5Bytes)
    rsu.down()
    rsu.linked()
    rsu.say('B0')
    const last = said.at(-1) ?? new Uint8Array(0)
    const words = rsu.receive(last)
    // It is a reading only where B4 starts a transaction by itself, since the lane has just charged that card.
    expect(words).toContain(id === 'generic-len' ? 'cardRead' : 'obuUnreadable')
    expect(sentC6(rsu.debit('D1'))).toBe(0)
    expect(rsu.receive(b5Bytes)).toContain('orphanResult')
    expect(rsu.events()).toMatchObject([{ type: 'orphanResult', obuId }])
  })

  it('F12 another OBU in the middle of a deal: the deal ends, and its debit cannot leave', () => {
    const rsu = new Bench(id).ready()
    if (id !== 'generic-len') rsu.say('B2')
    if (id === 'generic-bcc') rsu.say('B3')
    const words = rsu.say('B4', { obuId: otherObu })
    if (id === 'generic-len') rsu.say('B4', { obuId: '02008888' })
    else {
      expect(words).toEqual(['>C2', 'obuUnreadable'])
      expect(rsu.events()).toMatchObject([{ obuId: otherObu, reason: 'obuChanged' }])
    }
    expect(rsu.debit('D1', 500, undefined, otherObu)).toEqual(['debitResult'])
    expect(rsu.events()).toMatchObject([{ money: 'unpaid', code: -2, reason: 'obuGone' }])
  })
  it('F12 another OBU after the debit left: unknown, then the true answer settles it', () => {
    const rsu = new Bench(id).ready()
    deal(rsu)
    rsu.debit()
    expect(rsu.say('B5', { obuId: otherObu })).toEqual(['>C1', 'orphanResult'])
    rsu.fire('b5')
    expect(rsu.events()).toMatchObject([{ type: 'debitResult', obuId, money: 'unknown' }])
    expect(rsu.say('B5')).toContain('debitResult')
    expect(rsu.events()).toMatchObject([{ obuId, money: 'paid' }])
  })

  it('F13 another card number in the same deal: refused, no debit leaves', () => {
    const rsu = new Bench(id).ready()
    deal(rsu)
    const { value } = rsu.v.table.frames.find(({ code }) => code === 'B4')?.forms[0]?.example ?? {}
    const b4Hex = hexOf(rsu.data('B4', { obuId }))
    const [own, foreign] = [cardNo.slice(4), '1200000000000002']
    expect(b4Hex).toContain(own)
    const bytes = Uint8Array.from(Buffer.from(b4Hex.replace(own, foreign), 'hex'))
    expect(value).toBeDefined()
    expect(rsu.receive(rsu.v.framing.encode(rsu.nextSeq(), bytes))).toEqual([
      '>C2',
      'obuUnreadable',
    ])
    expect(rsu.events()).toMatchObject([{ reason: 'cardChanged' }])
    expect(sentC6(rsu.debit())).toBe(0)
    expect(rsu.events()).toMatchObject([{ money: 'unpaid', code: -2 }])
  })

  it('F14 a debit answered after our time: unknown, then told once', () => {
    const rsu = new Bench(id).ready()
    deal(rsu)
    rsu.debit()
    rsu.fire('b5')
    expect(rsu.events()).toMatchObject([{ money: 'unknown', code: -1 }])
    expect(rsu.say('B5')).toEqual(['>C1', 'debitResult'])
    expect(rsu.events()).toMatchObject([{ money: 'paid' }])
    rsu.repeatsOver()
    expect(rsu.say('B5')).toEqual(['>C1', 'orphanResult'])
  })

  it('F15 heartbeats stop: down by name inside the limit, and up again alone', () => {
    const bench = new RsuContractBench(id, 'serial', { variant: id })
    bench.connect()
    bench.run(20_000)
    expect(bench.isUp()).toBe(true)
    bench.silence(true)
    bench.run(rsuVariant(id).table.timing.heartbeatLossMs + 1_000)
    expect(bench.isUp()).toBe(false)
    bench.silence(false)
    bench.run(60_000)
    expect(bench.isUp()).toBe(true)
    bench.work()
    bench.run(5_000)
    expect(bench.done()).toBe(1)
  })
  it('F15 noise that passes a check is no heartbeat, and no restart', () => {
    const rsu = new Bench(id).ready()
    rsu.readCard()
    rsu.debit()
    const { powerUpSeq } = rsu.v.table
    for (const seq of [0x08, 0x80, powerUpSeq ?? 0, 1])
      for (const data of [[0x77], [0xb2], [0xb4, 1, 2, 3], [0xa0, 0, 0, 0, 0]]) {
        const words = rsu.receive(rsu.v.framing.encode(seq, Uint8Array.from(data)))
        expect(words.filter((word) => !word.startsWith('discarded') && word !== '>ack')).toEqual([])
        expect(words.some((word) => word.startsWith('discarded'))).toBe(true)
        const set = rsu.effects.filter((e) => e.do === 'timer' && e.name === 'heartbeat')
        expect(set).toEqual([])
      }
    expect(rsu.say('B5')).toEqual(['debitResult'])
  })

  it('F18 unplugged while a debit is written: unknown, and the answer after it settles it', () => {
    const rsu = new Bench(id).ready()
    deal(rsu)
    rsu.debit()
    expect(rsu.down('unplugged')).toEqual(['rsuDown', 'debitResult'])
    expect(rsu.events().at(-1)).toMatchObject({ money: 'unknown', code: -1, reason: 'unplugged' })
    rsu.linked()
    rsu.say('B0')
    expect(sentC6(rsu.debit('D1'))).toBe(0)
    expect(rsu.say('B5')).toEqual(['>C1', 'debitResult'])
    expect(rsu.events().at(-1)).toMatchObject({ money: 'paid' })
  })
})

describe.each(['tcp', 'rtu'] as const)('the barrier on %s', (transport) => {
  it('F10 every answer twice: one pulse a pass', () => {
    const bench = new BoardBench(transport).ready()
    bench.duplicate(true)
    bench.passage('p1')
    expect(bench.judged).toMatchObject({ opens: 1, closes: 1, closesOnPresence: 0 })
    expect(bench.told('passed')).toHaveLength(1)
  })
  it('F15 silence: down, every input unknown, and up again alone', () => {
    const bench = new BoardBench(transport).ready()
    bench.silence(true)
    bench.run(10_000)
    expect(bench.up).toBe(false)
    expect(bench.told('barrierDown').length).toBeGreaterThan(0)
    expect(bench.told('loop').slice(-2)).toMatchObject([{ state: 'unknown' }, { state: 'unknown' }])
    bench.silence(false)
    bench.run(15_000)
    expect(bench.up).toBe(true)
  })
  it('F18 unplugged while it opens: nothing moves on its own afterwards', () => {
    const bench = new BoardBench(transport).ready()
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(20)
    bench.disconnect()
    bench.run(3_000)
    expect(bench.up).toBe(false)
    bench.connect()
    bench.run(10_000)
    expect(bench.up).toBe(true)
    expect(bench.judged).toMatchObject({ closesOnPresence: 0, bothDriven: 0 })
    expect(bench.judged.openPulses).toBeLessThanOrEqual(2)
  })
})

describe('the lane', () => {
  it('F12 another OBU while the money is in doubt: it settles nothing, nothing opens', () => {
    const bench = inDoubt()
    expect(bench.state.name).toBe('suspect')
    bench.give(cardReadEvent({ obuId: otherObu, plate: otherPlate, balanceFen: 9_500 }))
    expect([bench.state.name, paid(bench), bench.opens]).toEqual(['suspect', 0, []])
  })
  it('F13 another card in the same OBU while the money is in doubt: a person is asked', () => {
    const bench = inDoubt()
    bench.give(cardReadEvent({ card: { cardNo: '45010000000000000002' }, balanceFen: 9_500 }))
    expect([bench.state.name, paid(bench), bench.opens]).toEqual(['asking', 0, []])
  })
  it('F14 the answer comes late, twice: one payment, one opening', () => {
    const bench = inDoubt()
    expect(paid(bench)).toBe(0)
    bench.give(b5('paid', proofFor(9500)), b5('paid', proofFor(9500)))
    expect([paid(bench), bench.opens]).toEqual([1, [true]])
    expect(bench.state.name).toBe('opening')
  })
  it('F18 the antenna is unplugged after the debit left: held, not charged again', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    bench.give({ type: 'rsuDown', reason: 'unplugged' }, b5('unknown'))
    expect([bench.state.name, paid(bench), bench.opens]).toEqual(['suspect', 0, []])
    bench.give({ type: 'rsuUp', psamTerminals: [], rsuId: '' }, b5('paid', proofFor(9500)))
    expect([paid(bench), bench.opens]).toEqual([1, [true]])
    expect(bench.log.filter((word) => word === 'debit')).toHaveLength(1)
  })
})
