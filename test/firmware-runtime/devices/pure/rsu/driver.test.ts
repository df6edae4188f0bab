// The RSU driver on a hand-driven RSU, every variant: power-up, dialogue, sequence rules, loss of link
// and heartbeat, repeated frames, OBUs that change.
import type { DeviceSettings } from '#devices/pure/configure/setting.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { rsuCapabilities } from '#devices/pure/rsu/driver.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { Bench, bytes, cardNo, obuId } from './driver-bench.ts'

const all = rsuVariantIds.map((id) => ({
  id,
  antenna: id === 'generic-bcc' ? '>4C' : '>C4',
  first: id === 'generic-len' ? '>CA' : '>C0',
}))
/** Variants in which B2 comes first and C1 requests the next frame; the other is in driver-len.test.ts. */
const stepwise = all.filter(({ id }) => id !== 'generic-len')

interface Row {
  readonly name: string
  readonly from: string
  readonly wireHex: string
}
const session = (id: string): Row[] => {
  const url = new URL(`../../../../fixtures/rsu/${id}-session.json`, import.meta.url)
  return (JSON.parse(readFileSync(url, 'utf8')) as { frames: Row[] }).frames
}
const bytesNamed = (rows: Row[], name: string, nth = 0): string =>
  hexOf(bytesOfHex(rows.filter((r) => r.name === name)[nth]?.wireHex ?? '') ?? bytes(''))

describe('a restart behind a serial line, generic-bcc', () => {
  it.each([
    ['an empty answer', (rsu: Bench) => rsu.receive(bytes('FFFF9898FF'))],
    ['a status', (rsu: Bench) => rsu.say('B0', {}, 0x98)],
    ['a heartbeat', (rsu: Bench) => rsu.say('B2', {}, 0x98, 'heartbeat')],
  ])('is told by %s with RSCTL 98, and the RSU is set up again', (_, first) => {
    const rsu = new Bench('generic-bcc').ready()
    rsu.tell({ do: 'search', on: false })
    expect(first(rsu)).toEqual(expect.arrayContaining(['rsuDown', '>4C', '>C0']))
    expect(rsu.say('B0')).toContain('rsuUp')
  })
})

describe('an RSU that freezes with its link up', () => {
  it.each(all)('$id: is told two seconds after the switch that it does not answer', ({ id }) => {
    const rsu = new Bench(id).ready()
    rsu.tell({ do: 'search', on: true })
    rsu.say('B0')
    rsu.tell({ do: 'search', on: false })
    expect(rsu.fire('antenna')).not.toContain('rsuDown')
    expect(rsu.fire('antenna')).toContain('rsuDown')
  })

  it.each(all)('$id: one that never acknowledged a switch is told by its heartbeat', ({ id }) => {
    const rsu = new Bench(id).ready()
    rsu.tell({ do: 'search', on: true })
    rsu.heartbeat()
    rsu.tell({ do: 'search', on: false })
    for (let n = 0; n < 2; n++) expect(rsu.fire('antenna')).not.toContain('rsuDown')
    expect(rsu.fire('heartbeat')).toContain('rsuDown')
  })
})

describe('published sessions', () => {
  it('generic-bcc: every byte of ours is that of the example', () => {
    const rows = session('generic-bcc')
    const rsu = new Bench('generic-bcc')
    rsu.up()
    expect(rsu.sentHex()[1]).toBe(bytesNamed(rows, 'C0'))
    rsu.tell({ do: 'search', on: true })
    const hear = (name: string): string | undefined => {
      rsu.receive(bytes(bytesNamed(rows, name)))
      return rsu.sentHex()[0]
    }
    expect(hear('B0')).toBe(bytesNamed(rows, '4C on'))
    expect(hear('ack')).toBeUndefined()
    expect(hear('B2')).toBe(bytesNamed(rows, 'C1', 0))
    expect(hear('B3')).toBe(bytesNamed(rows, 'C1', 1))
    expect(hear('B4')).toBeUndefined()
    rsu.debit()
    expect(rsu.sentHex()[0]).toBe(bytesNamed(rows, 'C6'))
    expect(hear('B5')).toBeUndefined()
    expect(rsu.events()[0]).toMatchObject({ money: 'paid', proof: { tac: 'A1B2C3D4' } })
    rsu.tell({ do: 'complete', obuId })
    expect(rsu.sentHex()[0]).toBe(bytesNamed(rows, 'C1', 2))
  })

  it('generic-ver: the data of ours is that of the example, SEQ counts X0 from 1 to 9', () => {
    const rows = session('generic-ver')
    const rsu = new Bench('generic-ver')
    const dataOf = (hex: string): string => hex.slice(16, -4)
    rsu.up()
    expect(dataOf(rsu.sentHex()[1] ?? '')).toBe(dataOf(bytesNamed(rows, 'C0')))
    rsu.tell({ do: 'search', on: true })
    const hear = (name: string): string => {
      rsu.receive(bytes(bytesNamed(rows, name)))
      return dataOf(rsu.sentHex()[0] ?? '')
    }
    expect(hear('B0')).toBe(dataOf(bytesNamed(rows, 'C4 on')))
    expect(hear('B1 heartbeat')).toBe(dataOf(bytesNamed(rows, 'CF ack')))
    expect(hear('B2')).toBe(dataOf(bytesNamed(rows, 'C1')))
    expect(hear('B4 (no EF04)')).toBe('')
    const c6 = bytesNamed(rows, 'C6 (67-byte)')
    rsu.debit('D1', 500, dataOf(c6).slice(48))
    expect(dataOf(rsu.sentHex()[0] ?? '')).toBe(dataOf(c6))
    hear('B5')
    expect(rsu.events()[0]).toMatchObject({ money: 'paid', proof: { balanceAfterFen: 9500 } })
    rsu.tell({ do: 'complete', obuId })
    expect(dataOf(rsu.sentHex()[0] ?? '')).toBe(dataOf(bytesNamed(rows, 'C1', 1)))
    const seqs: string[] = []
    for (let i = 0; i < 11; i++) {
      rsu.say('B1')
      seqs.push((rsu.sentHex()[0] ?? '').slice(6, 8))
    }
    expect(seqs).toEqual(['80', '90', '10', '20', '30', '40', '50', '60', '70', '80', '90'])
  })
})

describe.each(all)('$id power-up', ({ id, antenna, first }) => {
  it('antenna off, C0, B0; the antenna goes on only when wanted', () => {
    const rsu = new Bench(id)
    expect(rsu.linked().filter((word) => word !== '>CA')).toEqual([antenna, '>C0'])
    const up = rsu.say('B0')
    expect(up).toContain('rsuUp')
    expect(up).not.toContain(antenna)
    expect(rsu.events()[0]).toMatchObject({ rsuId: '000829' })
    expect(rsu.tell({ do: 'search', on: true })).toEqual([antenna])
    expect(rsu.fire('antenna')).toEqual([antenna])
    expect(rsu.fire('antenna')).toEqual([])
    expect(rsu.tell({ do: 'search', on: false })).toEqual([antenna])
    rsu.heartbeat()
    expect(rsu.timers.has('antenna')).toBe(false)
  })

  it('C0 three times, then the link is dropped; a new link starts again', () => {
    const rsu = new Bench(id)
    rsu.linked()
    expect(rsu.fire('c0')).toEqual(['>C0'])
    expect(rsu.fire('c0')).toEqual(['>C0'])
    expect(rsu.fire('c0')).toEqual(['rsuDown', 'dropLink noAnswerToC0'])
    expect(rsu.down()).toEqual([])
    expect(rsu.up()).toEqual([antenna, first])
  })

  it('a lost link and a new one: down once, up again, the antenna on again', () => {
    const rsu = new Bench(id).ready()
    expect(rsu.down()).toEqual(['rsuDown'])
    expect(rsu.down()).toEqual([])
    expect([...rsu.timers.keys()].filter((name) => !name.startsWith('repeat'))).toEqual([])
    rsu.linked()
    expect(rsu.say('B0')).toEqual([antenna, 'rsuUp'])
  })

  it('no heartbeat: down, and the link is dropped', () => {
    const rsu = new Bench(id).ready()
    expect(rsu.timers.get('heartbeat')).toBe(id === 'generic-ver' ? 30_000 : 180_000)
    expect(rsu.fire('heartbeat')).toEqual(['rsuDown', 'dropLink heartbeatLost'])
    const fast = new Bench(id, { heartbeatLossMs: 4000 }).ready()
    expect(fast.timers.get('heartbeat')).toBe(4000)
  })

  it('a device that reports a fault is told and asked again later', () => {
    const rsu = new Bench(id)
    rsu.linked()
    const status = id === 'generic-len' ? 'psam' : 'psamReset'
    expect(rsu.say('B0', { status })).toEqual(['rsuFault', 'rsuDown'])
    expect(rsu.timers.get('c0')).toBe(10_000)
    expect(rsu.fire('c0')).toEqual([first])
    if (first === '>CA') rsu.say('BA')
    expect(rsu.say('B0')).toContain('rsuUp')
  })

  it('a B0 nobody asked for means that the RSU started again', () => {
    const rsu = new Bench(id).ready()
    expect(rsu.say('B0')).toEqual(['rsuDown', antenna, first])
    if (first === '>CA') rsu.say('BA')
    expect(rsu.say('B0')).toEqual([antenna, 'rsuUp'])
    rsu.tell({ do: 'search', on: true })
    expect(rsu.say('B0')).not.toContain('rsuDown')
  })

  it('a new day sets the RSU clock again, between cars only', () => {
    const rsu = new Bench(id).ready()
    rsu.readCard()
    rsu.nowMs += 86_400_000
    expect(rsu.heartbeat()).not.toContain('>C0')
    rsu.tell({ do: 'release', obuId })
    expect(rsu.heartbeat()).toContain('>C0')
    expect(rsu.heartbeat()).not.toContain('>C0')
    expect(rsu.say('B0')).toEqual([antenna])
    expect(rsu.heartbeat()).not.toContain('>C0')
  })

  it('local time as UTC only where the device wants it', () => {
    const unixOf = (rsu: Bench): unknown => {
      rsu.linked()
      const c0 = rsu.effects.find((e) => e.do === 'frame' && e.type === 'C0')
      return c0?.do === 'frame' && c0.decoded?.unixTime
    }
    expect(unixOf(new Bench(id))).toBe(1_700_000_000)
    expect(unixOf(new Bench(id, { utcOffsetQuirk: true }))).toBe(1_700_028_800)
  })

  it('commands and bytes without a link do nothing', () => {
    const rsu = new Bench(id)
    expect(rsu.tell({ do: 'release', obuId })).toEqual([])
    expect(rsu.tell({ do: 'complete', obuId })).toEqual([])
    expect(rsu.tell({ do: 'search', on: true })).toEqual([])
    expect(rsu.say('B2')).toEqual([])
    rsu.linked()
    expect(rsu.say('B0')).toEqual([antenna, 'rsuUp'])
  })

  it('refuses settings that no frame can carry', () => {
    const start = (settings: DeviceSettings) => () => new Bench(id, { settings })
    expect(start({ powerStep: 32 })).toThrow('powerStep')
    expect(start({ bstIntervalMs: 256 })).toThrow('bstIntervalMs')
    expect(start({ rereadWaitSec: 0 })).toThrow('rereadWaitSec')
    expect(start({ transactionMode: 1 })).toThrow('transactionMode')
  })
})

describe.each(stepwise)('$id reading a card', ({ id }) => {
  it('tells the lane in its own words', () => {
    const rsu = new Bench(id).ready()
    rsu.say('B2')
    expect(rsu.done()).toEqual(['>C1', 'obuSeen'])
    expect(rsu.events()[0]).toMatchObject({
      obu: { obuId, issuerHex: 'B2E2CAD437010001', statusHex: '2001', removed: false },
    })
    if (id === 'generic-bcc') expect(rsu.say('B3')).toEqual(['>C1'])
    expect(rsu.say('B4')).toEqual(['cardRead'])
    expect(rsu.events()[0]).toMatchObject({
      vehicle: { plate: '测A12345', colour: 'blue', vehicleClass: 1 },
      card: { cardNo, network: '3701', cardType: 22, plate: '测A12345', expireDate: '20330101' },
      balanceFen: 10_000,
    })
  })

  it.each<[string[], number, object]>([
    [['cardAbsent'], 1, { cardAbsent: true, removed: false, statusHex: '8001' }],
    [['removed'], 1, { removed: true, statusHex: '0201' }],
    [[], 0, { removed: true, statusHex: '0000' }],
    [['locked', 'cardError', 'batteryLow'], 1, { locked: true, cardError: true, batteryLow: true }],
  ])('OBU status %j/%i', (status, removal, obu) => {
    const rsu = new Bench(id).ready()
    rsu.say('B2', { status, removal })
    expect(rsu.events()[0]).toMatchObject({ obu })
  })

  it('a repeated frame is answered again with the same bytes, and told once', () => {
    const rsu = new Bench(id).ready()
    const frame = rsu.v.framing.encode(rsu.nextSeq(), rsu.data('B2'))
    rsu.receive(frame)
    const [first] = rsu.sentHex()
    expect(rsu.receive(frame)).toEqual(['>C1'])
    expect(rsu.sentHex()).toEqual([first])
    rsu.repeatsOver()
    expect(rsu.receive(frame)).toContain('obuSeen')
  })

  it('antenna off: an OBU that still answers is let go', () => {
    const rsu = new Bench(id).ready()
    rsu.tell({ do: 'search', on: false })
    expect(rsu.say('B2')).toEqual(['>C2'])
  })

  it('errors of B2 and B4 end with C2 and a reason', () => {
    const rsu = new Bench(id).ready()
    expect(rsu.say('B2', { error: 'code:07' })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ code: 7 })
    expect(rsu.readCard({ error: 'code:77' }).slice(-2)).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ code: 0x77, obuId })
    expect(rsu.say('B4')).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ reason: 'outOfOrder' })
  })

  it('more than three rounds without a card: let go, told once', () => {
    const rsu = new Bench(id).ready()
    for (let i = 0; i < 3; i++) expect(rsu.say('B2')).toContain('obuSeen')
    expect(rsu.say('B2')).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.say('B2')).toEqual(['>C2'])
    rsu.fire('rounds')
    expect(rsu.say('B2')).toContain('obuSeen')
    expect(rsu.say('B2', { obuId: '02009999' })).toContain('obuSeen')
  })

  it('an OBU that changes in the middle ends the deal', () => {
    const rsu = new Bench(id).ready()
    rsu.say('B2')
    const next = id === 'generic-bcc' ? 'B3' : 'B4'
    expect(rsu.say(next, { obuId: '02009999' })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ obuId: '02009999', reason: 'obuChanged' })
    expect(rsu.debit()).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: -2 })
  })

  it('another card in the same OBU ends the deal; the same card told again does not', () => {
    const rsu = new Bench(id).ready()
    rsu.readCard()
    expect(rsu.say('B4')).toEqual([])
    const whole = rsu.v.engine.decode(rsu.data('B4'))
    const card = whole.ok ? whole.value.card : null
    const other = { ...(card as object), cardNumber: '1200000000000002' }
    expect(rsu.say('B4', { card: other })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ reason: 'cardChanged' })
    expect(rsu.debit()).toEqual(['debitResult'])
  })

  it('no answer of the lane within the second: C2, and a later C6 is never sent', () => {
    const rsu = new Bench(id).ready()
    rsu.readCard()
    expect(rsu.timers.get('answer')).toBe(900)
    expect(rsu.fire('answer')).toEqual(['>C2'])
    expect(rsu.debit()).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: -2, reason: 'obuGone' })
  })

  it('an OBU that leaves after B2 is forgotten', () => {
    const rsu = new Bench(id).ready()
    rsu.say('B2')
    rsu.fire('next')
    expect(rsu.state.deal).toBeNull()
  })

  it('noise before and a frame in two halves', () => {
    const rsu = new Bench(id).ready()
    const frame = rsu.v.framing.encode(rsu.nextSeq(), rsu.data('B2'))
    rsu.receive(bytes('AA BB FF'))
    rsu.receive(frame.slice(0, 9))
    expect(rsu.timers.get('interByte')).toBe(200)
    expect(rsu.receive(frame.slice(9))).toContain('obuSeen')
    expect(rsu.timers.has('interByte')).toBe(false)
    rsu.receive(frame.slice(0, 9))
    expect(rsu.fire('interByte')[0]).toBe('discarded flush')
    const serial = new Bench(id, { link: 'serial' }).ready()
    serial.receive(frame.slice(0, 9))
    expect(serial.timers.get('interByte')).toBe(20)
  })

  it('frames of unknown type or length are counted, never taken', () => {
    const rsu = new Bench(id).ready()
    const ack = id === 'generic-bcc' ? ['>ack'] : []
    expect(rsu.receive(rsu.v.framing.encode(0x18, bytes('EE01')))).toEqual([
      'discarded unknownType',
      ...ack,
    ])
    expect(rsu.receive(rsu.v.framing.encode(0x28, bytes('B50200123400')))).toEqual([
      'discarded length',
      ...ack,
    ])
  })

  it('an echo of our own frames is never answered', () => {
    const rsu = new Bench(id).ready()
    expect(rsu.receive(rsu.v.framing.encode(0x81, bytes('C102001234B2E2CAD437010001')))).toEqual([])
    expect(rsu.receive(rsu.v.framing.encode(0x81, bytes('C201')))).not.toContain('>C1')
  })
})

describe('variant rules', () => {
  it('generic-bcc: three forms of heartbeat, none answered', () => {
    const rsu = new Bench('generic-bcc').ready()
    expect(rsu.say('B2', {}, 0x18, 'heartbeat')).toEqual([])
    expect(rsu.say('B2', { obuId: '00000000', error: 'heartbeat' })).toEqual([])
    expect(rsu.say('B2', { obuId: 'FFFFFFFF' })).toEqual([])
    expect(rsu.timers.has('heartbeat')).toBe(true)
  })

  it('generic-bcc: a heartbeat with the power-up RSCTL means that the RSU started again', () => {
    const rsu = new Bench('generic-bcc').ready()
    expect(rsu.say('B2', {}, 0x98, 'heartbeat')).toEqual(['rsuDown', '>4C', '>C0'])
  })

  it('generic-bcc: information without a question is acknowledged', () => {
    const rsu = new Bench('generic-bcc').ready()
    expect(rsu.say('B1', {}, 0x38)).toEqual(['>ack'])
    expect(rsu.sentHex()).toEqual(['FFFF8383FF'])
    expect(rsu.receive(bytes('FFFF0808FF'))).toEqual([])
  })

  it('generic-bcc: B3 error and B4 before B3', () => {
    const rsu = new Bench('generic-bcc').ready()
    rsu.say('B2')
    expect(rsu.say('B3', { error: 'notDecrypted' })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.events()[0]).toMatchObject({ code: 6, reason: 'notDecrypted' })
    rsu.say('B2')
    expect(rsu.say('B4')).toEqual(['>C2', 'obuUnreadable'])
  })

  it('generic-ver: heartbeats tell the antenna, once per change', () => {
    const rsu = new Bench('generic-ver').ready()
    const antennas = [{ antennaId: 1, state: 'rf', channel: 0, powerStep: 8 }]
    expect(rsu.say('B1', { antennas })).toEqual(['>CF', 'rsuFault'])
    expect(rsu.say('B1', { antennas })).toEqual(['>CF'])
    expect(rsu.say('B1')).toEqual(['>CF'])
  })

  it('generic-ver: CPC cards are let go, and a card is read though EF04 failed', () => {
    const rsu = new Bench('generic-ver').ready()
    expect(rsu.say('B2', { deviceType: 'cpcCard' })).toEqual(['>C2', 'obuUnreadable'])
    expect(rsu.readCard({ error: 'cardOkEf04Failed' })).toContain('cardRead')
  })

  it('colours are mapped by the table of the variant', () => {
    const rsu = new Bench('generic-bcc').ready()
    rsu.say('B2')
    rsu.say('B3', { colour: 6 })
    rsu.say('B4')
    expect(rsu.events()[0]).toMatchObject({ vehicle: { colour: 'green' } })
    rsu.tell({ do: 'search', on: true })
    rsu.say('B2')
    rsu.say('B3', { colour: 99, plate: 'hex:FFFF00000000000000000000' })
    rsu.say('B4', { balance: 0xfa0a1dcf })
    expect(rsu.events()[0]).toMatchObject({
      vehicle: { colour: 'unknown', plate: null },
      balanceFen: 0xfa0a1dcf,
    })
  })

  it('only generic-ver can fetch a proof', () => {
    expect(rsuCapabilities('generic-ver')).toEqual({
      proofFetch: true,
      rereadSilenceMs: 0,
      resultTimeMs: 5000,
    })
    expect(rsuCapabilities('generic-bcc')).toEqual({
      proofFetch: false,
      rereadSilenceMs: 0,
      resultTimeMs: 5000,
    })
    expect(rsuCapabilities('generic-len')).toEqual({
      proofFetch: false,
      rereadSilenceMs: 20_000,
      resultTimeMs: 5000,
    })
  })
})
