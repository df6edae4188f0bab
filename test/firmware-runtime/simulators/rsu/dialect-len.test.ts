// generic-len against the worked session of rsu-interface.md 1.5.5, byte for byte, and its rules.
// The bytes are those of rsu-interface.md 1.5.5, and of frame F8 with another id.
import { describe, expect, it } from 'vitest'
import { crcX25 } from '#simulators/rsu/dialect-ver.ts'
import type { RsuModelOptions } from '#simulators/rsu/model.ts'
import { Bench, car, hex, tight } from './rsu-bench.ts'

const frame = (data: string): string => {
  const clean = tight(data)
  const body = `${(clean.length / 2).toString(16).padStart(4, '0')}${clean}`
  const crc = crcX25(hex(body)).toString(16).padStart(4, '0')
  return `FFFF${body}${crc}`.toUpperCase()
}
const ca = 'FFFF0001CAB642'
const c0 = 'FFFF0008C06553F100080000F8BB'
const on = 'FFFF0002C401F525'
const off = frame('C400')
const c1 = 'FFFF0005C1020012343034'
const c2 = frame('C202001234')
const c6 =
  'FFFF0042C602001234000001F420231115061320AA290037010102026553F100010400000000000000B2E24131' +
  '3233343500000000000200000000 0000 01F420231115061320738E'
const file0019Hex = tight(
  'AA2900 3701 0102 01 6553E2F0 01 03 00000000000000 B2E241313233343500000000 00 02 000000 00 00000000',
)
const b4 =
  'FFFF0112B402001234020100B2E2CAD437010001010037010120230000012023010120330101' +
  'B2E24131323334350000000000000100002E12100402001B000005' +
  '5445535456454849434C4530303030315445535445 4E47494E45303030303031' +
  '00'.repeat(20) +
  'B2E2CAD4370100011640370112000000000000012023010120330101B2E241313233343500000000000001' +
  '00000000000000' +
  `00002710${file0019Hex}00${'00'.repeat(63)}A1F8`

const bench = (more: Partial<RsuModelOptions> = {}): Bench =>
  new Bench({
    variant: 'generic-len',
    psamTerminals: ['370100000001'],
    knobs: { heartbeatMs: 0 },
    ...more,
  })
const started = (more: Partial<RsuModelOptions> = {}): Bench => {
  const b = bench(more)
  for (const bytes of [ca, c0, on]) b.pc(bytes)
  return b
}

describe('generic-len', () => {
  it('sends the frames of the worked example', () => {
    const b = bench()
    expect(b.pc(ca)).toEqual([
      frame('BA 00 370100000001 37010000000000000001 04 20 3701000000000000 0102030405060708'),
    ])
    expect(b.pc(c0)).toEqual([frame('B0 00 02 000829 1000 0001 1106 00')])
    expect(b.pc(on)).toEqual([frame('B2 00 01 00')])
    expect(b.arrive({ file0019Hex })).toEqual([tight(b4)])
    const [b5 = ''] = b.pc(tight(c6))
    const tac = b.card.debits[0]?.tac ?? ''
    expect(b5).toBe(
      frame(
        'B5 02001234 02 00 0000251C 20231115061320 00 00000001 370100000001 0012' +
          `${tac} 01020304 ${'00'.repeat(32)}`,
      ),
    )
    expect(b.pc(c1)).toEqual([])
    expect(b.card).toMatchObject({ balanceFen: 9_500, cardSerial: 18 })
  })

  it('says that all is well as the captured frames do', () => {
    const b = bench({ knobs: { heartbeatMs: 1000 } })
    expect(b.after(1000)).toEqual(['FFFF0004B20000008275'])
  })

  it('keeps silent about an OBU for 20 s, whatever is switched and wherever the car drives', () => {
    const b = started()
    expect(b.arrive()).toHaveLength(1)
    b.pc(c2)
    expect(b.after(10_000)).toEqual([])
    b.pc(off)
    expect(b.pc(on)).toHaveLength(1)
    b.model.removeCar(car.obuId, b.atUs)
    expect(b.arrive()).toEqual([])
    expect(b.arrive({ obuId: '02005678', cardNo: '37011200000000000002' })).toHaveLength(1)
    b.pc(frame('C202005678'))
    expect(b.after(9_900)).toEqual([])
    expect(b.after(100)[0]).toContain('B402001234')
  })

  it('reports again and again in the mode of continuous test, and after power-up', () => {
    const b = bench()
    b.pc(frame('C0 6553F100 08 00 54'))
    b.pc(on)
    b.arrive()
    b.pc(c2)
    expect(b.after(1000)).toHaveLength(1)
    const off20 = started()
    off20.arrive()
    off20.model.act({ do: 'reboot', ms: 1000, bits: 0, status: 0 }, off20.atUs)
    off20.after(1000)
    for (const bytes of [ca, c0]) off20.pc(bytes)
    expect(off20.pc(on).at(-1)).toContain('B402001234')
  })

  it('C1 before B5 completes nothing; a second C6 is found out', () => {
    const b = started()
    b.arrive()
    b.pc(c1)
    expect(b.state('strayC1')).toBe(1)
    expect(b.pc(tight(c6))).toHaveLength(1)
    b.pc(tight(c6))
    expect(b.state('secondC6')).toBe(1)
    expect(b.card.debits).toHaveLength(2)
  })

  it.each([
    [{ cardAbsent: true }, '020000'],
    [{ removed: true }, '020101'],
  ])('%j is what B4 says', (more, words) => {
    const b = started()
    expect(b.arrive(more)[0]?.slice(18, 24)).toBe(words)
  })

  it('without an authorised PSAM it says so and reports no car', () => {
    const b = bench({ knobs: { heartbeatMs: 1000, psamAuthorised: false } })
    b.pc(ca)
    expect(b.pc(c0)[0]?.slice(-6, -4)).toBe('01')
    expect(b.pc(on)).toEqual([frame('B2 00 01 01')])
    b.arrive()
    expect(b.after(1000)).toEqual([frame('B2 00 01 01')])
  })

  it('a faulty device says so in BA, B0 and B2', () => {
    const b = bench({ knobs: { heartbeatMs: 0, deviceStatus: 2 } })
    expect(b.pc(ca)[0]?.slice(8, 12)).toBe('BA01')
    expect(b.pc(c0)[0]?.slice(8, 12)).toBe('B002')
    expect(b.pc(on)[0]?.slice(8, 12)).toBe('B202')
  })

  it('refuses an empty purse with 05, and keeps the record of a debit whose code is a quirk', () => {
    const poor = started()
    poor.arrive({ balanceFen: 0 })
    expect(poor.pc(tight(c6))[0]?.slice(18, 30)).toBe('0205' + '00000000')
    const quirk = started({ knobs: { heartbeatMs: 0, debitCode: 0x33 } })
    quirk.arrive()
    expect(quirk.pc(tight(c6))[0]?.slice(18, 30)).toBe('0233' + '0000251C')
  })

  it.each([
    ['a stray FF before a frame', `FF${c0}`, 1],
    ['a wrong CRC', `${c0.slice(0, -1)}8`, 0],
    ['a length of 0', 'FFFF0000C401F525', 0],
    ['a length beyond the bound', 'FFFF0FFFC4013F41', 0],
    ['a frame of generic-ver', 'FFFF001000000002C4013F41', 0],
  ])('hears or drops %s', (_, bytes, answers) => {
    const b = bench()
    expect(b.pc(tight(bytes))).toHaveLength(answers)
    if (answers === 0) expect(b.pc(tight(`${c0}${c0}`)).length).toBeGreaterThan(0)
  })

  it('hears a session byte by byte', () => {
    const b = bench()
    const bytes = tight(ca + c0 + on).match(/../g) ?? []
    expect(bytes.flatMap((one) => b.pc(one))).toHaveLength(3)
  })
})
