// generic-ver against the worked session of rsu-interface.md 1.5.4, byte for byte, and its rules.
// The bytes are those of rsu-interface.md 1.5.4.
import { describe, expect, it } from 'vitest'
import { crcX25 } from '#simulators/rsu/dialect-ver.ts'
import type { RsuModelOptions } from '#simulators/rsu/model.ts'
import { Bench, car, hex, tight } from './rsu-bench.ts'

describe('generic-ver', () => {
  const frame = (seq: string, data: string): string => {
    const clean = tight(data)
    const body = `00${seq}${(clean.length / 2).toString(16).padStart(8, '0')}${clean}`
    return `FFFF${body}${crcX25(hex(body)).toString(16).padStart(4, '0')}`
  }
  const c0 = 'FFFF001000000016C06553F10020231115061320130A0801010000000000 0527'
  const c4 = 'FFFF002000000002C401E90B'
  const c1 = 'FFFF00400000000DC102001234B2E2CAD4370100015246'
  const c6 =
    'FFFF005000000043C602001234B2E2CAD437010001000001F420231115061320AA290037010102026553F100' +
    '010400000000000000B2E2413132333435000000000002000000000000 01F45162'
  const bench = (more: Partial<RsuModelOptions> = {}): Bench =>
    new Bench({
      variant: 'generic-ver',
      psamTerminals: ['370100000001'],
      knobs: { heartbeatMs: 0 },
      ...more,
    })
  const file0019Hex =
    'AA2900370101020165 53E2F001 03 00000000000000B2E2413132333435000000000002000000 00 00000000'

  it('computes the published check value', () => {
    expect(crcX25(new TextEncoder().encode('123456789'))).toBe(0x906e)
  })

  it('sends the frames of the worked example', () => {
    const b = bench()
    expect(b.pc(c0)).toEqual([
      tight(
        'FFFF00010000001BB0000101200037010000000100080008292009000000' + '00 03 04 00 00 A3 57',
      ),
    ])
    expect(b.pc(c4)).toEqual([
      tight('FF FF 00 02 00 00 00 0F B1 00 11 01 01 01 00 00 00 01 01 01 00 00 08 94 49'),
    ])
    expect(b.arrive({ file0019Hex: tight(file0019Hex) })).toEqual([
      tight(
        'FFFF000300000025B202001234000101B2E2CAD437010001010037010120' +
          '23 00 00 01 20 23 01 01 20 33 01 01 10 20 01 21 AB',
      ),
    ])
    expect(b.pc(c1)).toEqual([
      tight(
        'FFFF0004000000B7B4020012340010B2E241313233343500000000000001' +
          '00002E12100402001B0000055445535456454849434C45303030303154' +
          '455354454E47494E453030303030310000000000000000000000000000' +
          '00000000000000002710B2E2CAD4370100011640370112000000000000' +
          '012023010120330101B2E2413132333435000000000000010000000000' +
          '0000AA290037010102016553E2F0010300000000000000B2E241313233' +
          '34 35 00 00 00 00 00 02 00 00 00 00 00 00 00 00 0D C2',
      ),
    ])
    const [b5 = ''] = b.pc(c6)
    expect(b5.slice(0, 60)).toBe(
      tight('FFFF000500000024B5020012340037010000000120231115061320090001') + '',
    )
    expect(b5).toContain('00120000000100 00251C'.replaceAll(' ', ''))
  })

  it('repeats an unanswered frame three times at 120 ms, with its sequence byte', () => {
    const b = bench()
    b.pc(c0)
    b.pc(c4)
    const [b2] = b.arrive()
    expect([b.after(120), b.after(120), b.after(120), b.after(120)]).toEqual([[b2], [b2], [b2], []])
  })

  it('stops repeating when the PC answers', () => {
    const b = bench()
    b.pc(c0)
    b.pc(c4)
    b.arrive()
    b.pc(c1)
    b.pc(c6)
    b.pc(c1)
    expect(b.after(900)).toEqual([])
  })

  it('gives the proof of a debit whose B5 was lost, and of no other', () => {
    const b = bench()
    b.model.faults.add({ at: 'B5', when: 'after', do: 'drop' })
    b.pc(c0)
    b.pc(c4)
    b.arrive()
    b.pc(c1)
    b.pc(c6)
    const tac = b.card.debits[0]?.tac ?? ''
    const b8 = (serial: string): string =>
      b.pc(frame('60', `C802001234${serial}`))[0]?.slice(16, -4) ?? ''
    expect(b8('0012')).toMatch(new RegExp(`^B80200123400${tac}[0-9A-F]{8}0000251C$`))
    expect(b8('0000')).toMatch(new RegExp(`^B80200123400${tac}`))
    expect(b8('0013').slice(10, 20)).toBe('0400000000')
    b.model.removeCar(car.obuId, b.atUs)
    expect(b8('0012').slice(10, 12)).toBe('01')
  })

  it('refuses an empty purse with 06 and an undecryptable OBU with 05', () => {
    const b = bench()
    b.pc(c0)
    b.pc(c4)
    b.arrive({ balanceFen: 0 })
    b.pc(c1)
    expect(b.pc(c6)[0]?.slice(16, 28)).toBe('B50200123406')
    const locked = bench({ knobs: { heartbeatMs: 0, psamAuthorised: false } })
    locked.pc(c0)
    locked.pc(c4)
    locked.arrive()
    expect(locked.pc(c1)[0]?.slice(16, 28)).toBe('B40200123405')
  })

  it.each([
    ['a stray FF before a frame', `FF${c0}`, 1],
    ['a wrong CRC', `${c0.slice(0, -1)}8`, 0],
    ['a length in the reserved bytes', 'FFFF001000010002C4013F41', 0],
    ['a length beyond the bound', 'FFFF001000000FFFC4013F41', 0],
  ])('hears or drops %s', (_, bytes, answers) => {
    const b = bench()
    expect(b.pc(tight(bytes))).toHaveLength(answers)
    if (answers === 0) expect(b.pc(tight(`${c0}${c0}`)).length).toBeGreaterThan(0)
  })

  it('can show the count-byte quirk of frame F4', () => {
    const b = bench({ knobs: { heartbeatMs: 0, psamCountZero: true } })
    expect(b.pc(c0)[0]?.slice(16, 24)).toBe('B0000001')
  })
})
