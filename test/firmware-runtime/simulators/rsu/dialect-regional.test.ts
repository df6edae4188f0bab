// The regional firmware of the RSU simulator, byte for byte as rsu-interface.md 2.2 and 2.5.5 define its frames, and its
// pitfalls: what it does not report, and what it reports again.
import { describe, expect, it } from 'vitest'
import type { RsuModelOptions } from '#simulators/rsu/model.ts'
import { testPsamMac } from '#simulators/shell/test-psam.ts'
import { Bench, car, hex, tight } from './rsu-bench.ts'

/** The body with its BCC between the frame marks; these bodies contain no FE or FF, so nothing is escaped. */
const frame = (body: string): string => {
  const clean = tight(body)
  const bcc = hex(clean).reduce((x, b) => x ^ b, 0)
  return `FFFF${clean}${bcc.toString(16).padStart(2, '0')}FF`.toUpperCase()
}
const c0 = (mode = '04', ef04 = '00 0000 0000'): string =>
  frame(`80 C0 6553F100 20231115061320 ${mode} 0A 14 00 ${ef04}`)
const off = frame('80 4C 00')
const on = frame('80 4C 01')
const c1 = frame('81 C1 02001234')
const record =
  '37010102 01 6553F100 01 04 000000000000000000 000000 01 B2E241313233343500000000 00000000'
const c6 = (mode = '00', ef04 = '0000 0000'): string =>
  frame(`84 C6 02001234 ${mode} 000001F4 ${record} 20231115061320 ${ef04}`)
const c8 = frame('84 C8 02001234 00 0000 0000')

const bench = (more: Partial<RsuModelOptions> = {}): Bench =>
  new Bench({
    variant: 'generic/regional-firmware',
    psamTerminals: ['370100000001'],
    ...more,
    knobs: { heartbeatMs: 0, ...more.knobs },
  })
/** The session up to and including the answer to B4. */
const toB4 = (b: Bench, mode?: string, ef04?: string): string[] => {
  for (const bytes of [c0(mode, ef04), off, on]) b.pc(bytes)
  return [...b.arrive(), ...b.pc(c1), ...b.pc(c1)]
}
const codeOf = (sent: readonly string[]): string | undefined => sent[0]?.slice(16, 18)

describe('generic/regional-firmware', () => {
  it('sends the frames of its layout with a constant byte each', () => {
    const b = bench()
    expect(b.pc(c0())).toEqual([
      frame('08 B0 00 01 01 00 370100000001 00 08 000829 2201 0000000000'),
    ])
    b.pc(off)
    expect(b.pc(on)).toEqual([])
    const file0019Hex = tight(`AA2900 ${record}`)
    expect(b.arrive({ file0019Hex })).toEqual([
      frame(
        '18 B2 02001234 00 B2E2CAD437010001 0100 3701012023000001 20230101 20330101' +
          '00000000000000000000 10 2001',
      ),
    ])
    const vehicle =
      'B2E241313233343500000000 0000 01 00 002E1210 04 02 001B 000005' +
      `5445535456454849434C453030303031 54455354454E47494E45303030303031 ${'00'.repeat(20)}`
    expect(b.pc(c1)).toEqual([frame(`28 B3 02001234 00 ${vehicle}`)])
    const f0015 =
      'B2E2CAD437010001 16 40 3701 1200000000000001 20230101 20330101' +
      'B2E241313233343500000000 00 00 01'
    expect(b.pc(c1)).toEqual([frame(`48 B4 02001234 00 00 00002710 ${f0015} ${file0019Hex} 01`)])
    const [b5 = ''] = b.pc(c6())
    const tac = b.card.debits[0]?.tac ?? ''
    const b5Text = `20231115061320 00000001 0012 09 0000251C ${tac} 6553F100 00 00`
    expect(b5).toBe(frame(`58 B5 02001234 00 ${b5Text}`))
    expect(b.pc(c8)).toEqual([frame(`68 B5 02001234 00 ${b5Text}`)])
    expect(b.state('powerStep')).toBe(15)
  })

  it('tells file EF04 where C0 asks for it, and writes it in the order of the side', () => {
    const exit = bench()
    expect(toB4(exit, '04', '01 013A 0003').at(-1)?.slice(-20, -4)).toBe('00013A0003000000')
    exit.pc(c6('03', '013A 0003 0A0B0C'))
    exit.pc(c1)
    expect(exit.card.debits).toHaveLength(1)
    expect(exit.pc(frame('80 C9 02001234 013A 0003'))).toEqual([frame('68 B9 02001234 00 0A0B0C')])
    expect(exit.pc(frame('80 C9 02001234 013A 0003'))).toEqual([frame('68 B9 02001234 00 000000')])
  })

  it.each([
    ['04', '22', 1],
    ['03', '22', 0],
    ['03', '23', 0],
  ])('EF04 that fails on side %s says %s after %i debits', (side, code, debits) => {
    const b = bench({ knobs: { ef04Code: Number.parseInt(code, 16) } })
    toB4(b, side)
    const both = side === '04' ? '03' : '02'
    expect(codeOf(b.pc(c6(both, '013A 0001 0A')))).toBe(code)
    expect(b.card.debits).toHaveLength(debits)
  })

  it.each(['02', '03'])('trade mode %s of the other side does nothing and says 00', (mode) => {
    const b = bench()
    toB4(b, mode === '02' ? '04' : '03')
    expect(codeOf(b.pc(c6(mode, '013A 0001 0A')))).toBe('00')
    expect(b.card.debits).toEqual([])
  })

  it.each(['10', '11', '13', '16', '17'])('says %s instead of debiting', (code) => {
    const b = bench({ knobs: { refusalCode: Number.parseInt(code, 16) } })
    toB4(b)
    expect(codeOf(b.pc(c6()))).toBe(code)
    expect(b.card.debits).toEqual([])
  })

  it('a proof of nothing keeps the bytes of the last result: 36, and 35 without the OBU', () => {
    const b = bench()
    toB4(b)
    const [b5 = ''] = b.pc(c6())
    b.model.knobs.refusalCode = 0x13
    b.pc(c1)
    b.after(10_000)
    b.pc(c1)
    b.pc(c1)
    b.pc(c6())
    expect(b.pc(c8)).toEqual([frame(`68 B5 02001234 36 ${b5.slice(18, -4)}`)])
    b.model.removeCar(car.obuId, b.atUs)
    expect(codeOf(b.pc(c8))).toBe('35')
  })

  it('is not started by the switch after C0, but from its off position, by C1 and by C2', () => {
    const b = bench()
    b.pc(c0())
    expect(b.pc(on)).toEqual([])
    expect(b.arrive()).toEqual([])
    expect(b.pc(c1)[0]).toContain('18B202001234')
    b.pc(off)
    expect(b.after(3000)).toEqual([])
    expect(b.pc(frame('80 C2 02001234 01'))[0]).toContain('18B202001234')
  })

  it('leaves an OBU that has paid alone for 10 s', () => {
    const b = bench()
    toB4(b)
    b.pc(c6())
    expect(b.pc(c1)).toEqual([])
    expect(b.after(9_900)).toEqual([])
    expect(b.after(200)[0]).toContain('18B202001234')
  })

  it('says B0 with 98 when it has its power again', () => {
    const b = bench()
    b.model.act({ do: 'reboot', ms: 1000, bits: 0, status: 0 }, b.atUs)
    expect(b.after(1000)[0]?.slice(4, 8)).toBe('98B0')
  })

  it('a PSAM takes the bytes that belong to its last random, once; without them it decrypts nothing', () => {
    const b = bench({ knobs: { psamAuthorised: false } })
    expect(b.pc(frame('80 CD 01'))).toEqual([
      frame('78 BD 00 37010000000000000001 20 37010000 0102030405060708'),
    ])
    expect(b.pc(frame('80 CF 01 1122334455667788'))).toEqual([frame('88 BF 01 6300')])
    b.pc(off)
    b.pc(c0())
    b.pc(off)
    b.pc(on)
    b.arrive()
    expect(codeOf(b.pc(c1))).toBe('2E')
    b.pc(frame('80 CD 01'))
    const mac = testPsamMac('0102030405060709')
    expect(b.pc(frame(`80 CF 01 ${mac}`))).toEqual([frame('88 BF 00 9000')])
    expect(b.pc(frame(`80 CF 01 ${mac}`))).toEqual([frame('88 BF 01 6300')])
  })
})
