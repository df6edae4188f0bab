// The RSU model against the worked sessions of rsu-interface.md 1.5.3 and 1.5.4, byte for byte,
// and the judge's view: what the card was charged, whatever happened to the frames.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '../../../../firmware-runtime/core/values/bytes.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { crcX25 } from '../../../../firmware-runtime/simulators/rsu/dialect-ver.ts'
import { createRsuModel } from '../../../../firmware-runtime/simulators/rsu/model.ts'
import type {
  RsuModelOptions,
  RsuOutput,
} from '../../../../firmware-runtime/simulators/rsu/model.ts'
import { testTac } from '../../../../firmware-runtime/simulators/shell/test-tac.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)
const tight = (text: string): string => text.replaceAll(' ', '')

const car = {
  obuId: '02001234',
  cardNo: '37011200000000000001',
  cardType: 22,
  plate: '测A12345',
  colour: 'blue',
  balanceFen: 10_000,
  cardSerial: 17,
  contractSerial: '3701012023000001',
  chipId: '01234567',
}

/** PC frames, worked out by hand in rsu-interface.md 1.5.3. */
const bcc = {
  c0: 'FFFF80C06553F1002023111506132004010800 01B9FF',
  on: 'FFFF894C01C4FF',
  off: 'FFFF894C00C5FF',
  c1: 'FFFF81C102001234B2E2CAD4370100011DFF',
  c2: 'FFFF83C2020012340164FF',
  c6:
    'FFFF84C602001234B2E2CAD4370100010000000 0000001F420231115061320' +
    '37010102026553F1000104000000000000000000000000 01B2E2413132333435000000000CFF',
}
const station36 =
  '3701010201' +
  '6553E2F0' +
  '0103' +
  '000000000000000000' +
  '000000' +
  '01' +
  'B2E241313233343500000000'

class Bench {
  atUs = 0
  readonly model
  readonly rows: unknown[] = []
  constructor(options: Partial<RsuModelOptions> = {}) {
    this.model = createRsuModel({
      variant: 'generic-bcc',
      timing: 'instant',
      seed: 7,
      knobs: { seqMode: 'perType', heartbeatMs: 0 },
      ...options,
    })
  }
  sent(outputs: readonly RsuOutput[]): string[] {
    for (const o of outputs) if (o.do === 'row') this.rows.push(o.row)
    return outputs.flatMap((o) => (o.do === 'send' ? [hexOf(o.bytes)] : []))
  }
  pc(frame: string): string[] {
    return this.sent(this.model.onBytes(hex(frame), this.atUs))
  }
  after(ms: number): string[] {
    this.atUs += ms * 1000
    return this.sent(this.model.advance(this.atUs))
  }
  arrive(more: Record<string, unknown> = {}): string[] {
    return this.sent(this.model.addCar({ ...car, ...more }, this.atUs).outputs)
  }
  /** Up to an answered B4, generic-bcc. */
  toB4(more: Record<string, unknown> = {}): void {
    this.pc(bcc.c0)
    this.pc(bcc.on)
    this.arrive(more)
    this.pc(bcc.c1)
    this.pc(bcc.c1)
  }
  state(name: string): unknown {
    return this.model.state()[name]
  }
  get card() {
    return present(this.model.books(0, 10).cards[0], 'one card')
  }
}

describe('generic-bcc session', () => {
  it('sends the frames of the worked example', () => {
    const b = new Bench()
    expect(b.pc(bcc.c0)).toEqual([
      tight(
        'FF FF 98 B0 00 02 37 01 00 00 00 01 37 01 00 00 00 02 00 08 00 08 29 02 00 00 00 00 00 00 02 FF',
      ),
    ])
    expect(b.pc(bcc.on)).toEqual(['FFFF0808FF'])
    expect(b.arrive({ file0019Hex: `AA2900${station36}00000000` })).toEqual([
      tight(
        'FF FF 18 B2 02 00 12 34 00 B2 E2 CA D4 37 01 00 01 37 01 01 20 23 00 00 01 20 23 01 01 ' +
          '20 33 01 01 10 20 01 E3 FF',
      ),
    ])
    expect(b.pc(bcc.c1)).toEqual([
      tight('FF FF 28 B3 02 00 12 34 00 B2 E2 41 31 32 33 34 35 00 00 00 00 00 00 01 00 9E FF'),
    ])
    expect(b.pc(bcc.c1)).toEqual([
      tight(
        'FF FF 48 B4 02 00 12 34 00 16 00 10 00 00 27 10 01 23 45 67 B2 E2 CA D4 37 01 00 01 16 40 ' +
          '37 01 12 00 00 00 00 00 00 01 20 23 01 01 20 33 01 01 B2 E2 41 31 32 33 34 35 00 00 00 ' +
          '00 00 00 01 37 01 01 02 01 65 53 E2 F0 01 03 00 00 00 00 00 00 00 00 00 00 00 00 01 B2 ' +
          'E2 41 31 32 33 34 35 00 00 00 00 E1 FF',
      ),
    ])
    const [b5 = ''] = b.pc(bcc.c6)
    const tac = testTac({
      amountFen: 500,
      transType: '09',
      psamTerminal: '370100000001',
      psamSerial: 1,
      timeBcd: '20231115061320',
    })
    // As the example, but for TAC, time (that of C6), serials and so the check byte.
    expect(b5.slice(0, -4)).toBe(
      tight(
        `FF FF 58 B5 02 00 12 34 00 65 53 F1 00 37 01 00 00 00 01 20 23 11 15 06 13 20 09 ${tac} ` +
          '00 12 00 00 00 01 00 00 25 1C',
      ),
    )
    expect(b.card).toMatchObject({
      balanceFen: 9500,
      cardSerial: 18,
      debits: [
        {
          amountFen: 500,
          atIso: '2023-11-15T06:13:20.000+08:00',
          psamTerminal: '370100000001',
          psamSerial: 1,
          tac,
        },
      ],
    })
    expect(b.pc(bcc.c1)).toEqual([])
    expect(b.state('dialogue')).toBeNull()
  })

  it('accepts commands split at every byte and steps over noise', () => {
    const b = new Bench()
    const all = tight(`00FE FF ${bcc.c0}`)
    const out: string[] = []
    for (let i = 0; i < all.length; i += 2) out.push(...b.pc(all.slice(i, i + 2)))
    expect(out).toHaveLength(1)
    expect(b.state('discardedBytes')).toBe(2)
  })

  it.each([
    ['wrong check byte', 'FFFF8180FF'],
    ['illegal escape', 'FFFF82C102FE02FE0110112233445566 7788D8FF'],
    ['cut frame', 'FFFF82C102FE00FF'],
    ['600 bytes without an end', '11'.repeat(600)],
  ])('drops %s and hears the next frame', (_, bad) => {
    const b = new Bench()
    expect(b.pc(tight(bad))).toEqual([])
    expect(b.pc(bcc.c0)).toHaveLength(1)
  })

  it('writes the station record and shows it in the next reading', () => {
    const b = new Bench()
    b.toB4()
    b.pc(bcc.c6)
    b.pc(bcc.c1)
    const [b2] = b.after(1000)
    expect(b2?.slice(6, 8)).toBe('B2')
    b.pc(bcc.c1)
    const [b4 = ''] = b.pc(bcc.c1)
    expect(b4).toContain('0000251C')
    expect(b4).toContain('3701010202' + '6553F100' + '0104')
  })
})

describe('the judge', () => {
  it('takes money for every C6 and counts the second', () => {
    const b = new Bench()
    b.toB4()
    expect(b.pc(bcc.c6 + bcc.c6)).toHaveLength(2)
    expect(b.state('secondC6')).toBe(1)
    expect(b.card.balanceFen).toBe(9000)
    expect(b.card.debits.map((d) => d.psamSerial)).toEqual([1, 2])
  })

  it('ignores a C6 after the PC window and counts it', () => {
    const b = new Bench()
    b.toB4()
    b.after(1000)
    b.arrive({ obuId: '02009999' })
    expect(b.pc(bcc.c6)).toEqual([])
    expect(b.state('strayC6')).toBe(1)
    expect(b.card.debits).toEqual([])
  })

  it('debits although B5 is lost on the way', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'B5', when: 'after', do: 'drop' })
    b.toB4()
    expect(b.pc(bcc.c6)).toEqual([])
    expect(b.card.balanceFen).toBe(9500)
    expect(b.rows).toHaveLength(2)
  })

  it('does not debit when the fault strikes before the card', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'B5', when: 'before', do: 'drop' })
    b.toB4()
    expect(b.pc(bcc.c6)).toEqual([])
    expect(b.card).toMatchObject({ balanceFen: 10_000, debits: [] })
    // The PC's window passes and the OBU is read again, unchanged.
    expect(b.after(2000)[0]?.slice(6, 8)).toBe('B2')
  })

  it.each([
    ['empty purse', { balanceFen: 499 }, '11'],
    ['no card', { cardAbsent: true }, '11'],
  ])('refuses with an unpaid code: %s', (_, more, code) => {
    const b = new Bench()
    b.toB4(more)
    const [b5 = ''] = b.pc(bcc.c6)
    expect(b5.slice(6, 18)).toBe(`B502001234${code}`)
    expect(b.model.books(0, 10).cards.flatMap((c) => c.debits)).toEqual([])
    expect(b.state('refused')).toBe(1)
  })

  it('shows a constant on a credit card', () => {
    const b = new Bench()
    b.toB4({ cardType: 23, balanceFen: 0xfa0a1dcf })
    expect(b.pc(bcc.c6)[0]).toContain('FA0A1DCF')
    expect(b.card.debits).toHaveLength(1)
  })

  it('answers B5 with "gone" when the car left after B4', () => {
    const b = new Bench()
    b.toB4()
    b.model.removeCar(car.obuId, b.atUs)
    expect(b.pc(bcc.c6)[0]?.slice(16, 18)).toBe('10')
    expect(b.card.debits).toEqual([])
  })

  it('keeps purse, counter, file and proof over a restart from the rows', () => {
    const b = new Bench()
    b.toB4()
    b.pc(bcc.c6)
    const next = new Bench({ rows: b.rows })
    expect(next.card).toEqual(b.card)
    next.toB4()
    next.pc(bcc.c6)
    expect(next.card).toMatchObject({ balanceFen: 9000, cardSerial: 19 })
    expect(next.card.debits[1]?.psamSerial).toBe(2)
  })

  it('leaves a purse alone that comes back unchanged, and fills one that was set anew', () => {
    const b = new Bench()
    b.toB4()
    b.pc(bcc.c6)
    b.arrive()
    expect(b.card.balanceFen).toBe(9500)
    b.arrive({ balanceFen: 20_000 })
    expect(b.card.balanceFen).toBe(20_000)
    expect(b.card.debits).toHaveLength(1)
  })
})

describe('faults and quirks', () => {
  it.each([
    ['duplicate', 2],
    ['flip', 1],
    ['cut', 1],
    ['silence', 0],
  ])('B2 %s', (action, frames) => {
    const b = new Bench()
    b.model.faults.add({ at: 'B2', when: 'before', do: action, ms: 500 })
    b.pc(bcc.c0)
    b.pc(bcc.on)
    const out = b.arrive()
    expect(out).toHaveLength(frames)
    const good = 'FFFF18B202001234'
    if (action === 'flip') expect(out[0]?.length).toBe(76)
    if (action === 'cut') expect(out[0]?.length).toBe(38)
    if (action === 'duplicate') expect(out[0]?.startsWith(good)).toBe(true)
  })

  it('delays a frame in virtual time', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'B0', do: 'delay', ms: 70 })
    expect(b.pc(bcc.c0)).toEqual([])
    expect(b.model.nextDueUs()).toBe(70_000)
    expect(b.after(69)).toEqual([])
    expect(b.after(1)).toHaveLength(1)
  })

  it('lets the next frame overtake', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'B0', do: 'reorder' })
    b.pc(bcc.c0)
    expect(b.pc(bcc.on).map((f) => f.slice(6, 8))).toEqual(['08', 'B0'])
  })

  it('forgets everything but cards when it loses power', () => {
    const b = new Bench()
    b.model.faults.add({ at: 'B5', when: 'after', do: 'reboot', ms: 300 })
    b.toB4()
    expect(b.pc(bcc.c6)).toEqual([])
    expect(b.state('booted')).toBe(false)
    expect(b.pc(bcc.c0)).toEqual([])
    b.after(300)
    expect(b.state('antennaOn')).toBe(false)
    expect(b.pc(bcc.c0)[0]?.slice(4, 8)).toBe('98B0')
    expect(b.card.balanceFen).toBe(9500)
  })

  it('is deaf and dumb while silent, until the fault is taken back', () => {
    const b = new Bench()
    b.model.act(b.model.faults.check({ at: 'link', do: 'silence' }), 0)
    expect(b.pc(bcc.c0)).toEqual([])
    b.model.speakAgain()
    expect(b.pc(bcc.c0)).toHaveLength(1)
  })

  it.each([
    ['short', 'FFFF98B2000000008 0AAFF'],
    ['zeroId', 'B20000000080'],
    ['onesId', 'B2FE01FE01FE01FE0180'],
  ] as const)('beats its heart in the form %s', (heartbeatForm, expected) => {
    const b = new Bench({ knobs: { heartbeatForm, heartbeatMs: 5000 } })
    expect(b.after(5000)[0]).toContain(tight(expected))
    expect(b.after(5000)).toHaveLength(1)
  })

  it('shows a removed OBU, a flat battery and a missing card in the status bytes', () => {
    const b = new Bench()
    b.pc(bcc.c0)
    b.pc(bcc.on)
    expect(b.arrive({ removed: true, lowBattery: true, cardAbsent: true })[0]).toContain('10A300')
  })

  it('serves several OBUs one after another', () => {
    const b = new Bench()
    b.pc(bcc.c0)
    b.pc(bcc.on)
    b.arrive()
    expect(b.arrive({ obuId: '02005678', cardNo: '37011200000000000002' })).toEqual([])
    expect(b.pc(bcc.c2)[0]).toContain('B202005678')
  })

  it('takes standard time, within the ranges of the model', () => {
    const b = new Bench({ timing: 'standard' })
    expect(b.pc(bcc.c0)).toEqual([])
    expect(b.after(899)).toEqual([])
    expect(b.after(301)).toHaveLength(1)
    b.pc(bcc.on)
    b.arrive()
    expect(b.after(9)).toEqual([])
    expect(b.after(51)).toHaveLength(1)
  })

  it('tells one seed from another and repeats itself', () => {
    const run = (seed: number): number | null => {
      const b = new Bench({ timing: 'standard', seed })
      b.pc(bcc.c0)
      return b.model.nextDueUs()
    }
    expect(run(1)).toBe(run(1))
    expect(run(1)).not.toBe(run(2))
  })
})

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
    'AA2900370101020165 53E2F001 03 00000000000000 B2E241313233343500000000 00 02 000000 00 00000000'

  it('computes the published check value', () => {
    expect(crcX25(new TextEncoder().encode('123456789'))).toBe(0x906e)
  })

  it('sends the frames of the worked example', () => {
    const b = bench()
    expect(b.pc(c0)).toEqual([
      tight(
        'FF FF 00 01 00 00 00 1B B0 00 01 01 20 00 37 01 00 00 00 01 00 08 00 08 29 20 09 00 00 00 ' +
          '00 03 04 00 00 A3 57',
      ),
    ])
    expect(b.pc(c4)).toEqual([
      tight('FF FF 00 02 00 00 00 0F B1 00 11 01 01 01 00 00 00 01 01 01 00 00 08 94 49'),
    ])
    expect(b.arrive({ file0019Hex: tight(file0019Hex) })).toEqual([
      tight(
        'FF FF 00 03 00 00 00 25 B2 02 00 12 34 00 01 01 B2 E2 CA D4 37 01 00 01 01 00 37 01 01 20 ' +
          '23 00 00 01 20 23 01 01 20 33 01 01 10 20 01 21 AB',
      ),
    ])
    expect(b.pc(c1)).toEqual([
      tight(
        'FF FF 00 04 00 00 00 B7 B4 02 00 12 34 00 10 B2 E2 41 31 32 33 34 35 00 00 00 00 00 00 01 ' +
          '00 00 2E 12 10 04 02 00 1B 00 00 05 54 45 53 54 56 45 48 49 43 4C 45 30 30 30 30 31 54 ' +
          '45 53 54 45 4E 47 49 4E 45 30 30 30 30 30 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ' +
          '00 00 00 00 00 00 00 00 27 10 B2 E2 CA D4 37 01 00 01 16 40 37 01 12 00 00 00 00 00 00 ' +
          '01 20 23 01 01 20 33 01 01 B2 E2 41 31 32 33 34 35 00 00 00 00 00 00 01 00 00 00 00 00 ' +
          '00 00 AA 29 00 37 01 01 02 01 65 53 E2 F0 01 03 00 00 00 00 00 00 00 B2 E2 41 31 32 33 ' +
          '34 35 00 00 00 00 00 02 00 00 00 00 00 00 00 00 0D C2',
      ),
    ])
    const [b5 = ''] = b.pc(c6)
    expect(b5.slice(0, 60)).toBe(
      tight(
        'FF FF 00 05 00 00 00 24 B5 02 00 12 34 00 37 01 00 00 00 01 20 23 11 15 06 13 20 09 00 01',
      ) + '',
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

describe('cars that are none', () => {
  it.each([
    ['no body', undefined, '/'],
    ['short OBU id', { ...car, obuId: '0200' }, '/obuId'],
    ['no card number', { ...car, cardNo: undefined }, '/cardNo'],
    ['fraction of a fen', { ...car, balanceFen: 0.5 }, '/balanceFen'],
    ['negative purse', { ...car, balanceFen: -1 }, '/balanceFen'],
    ['long plate', { ...car, plate: '测A1234567890' }, '/plate'],
    ['no plate', { ...car, plate: null }, '/plate'],
    ['unknown colour', { ...car, colour: 'pink' }, '/colour'],
    ['card type 24', { ...car, cardType: 24 }, '/cardType'],
    ['negative stay', { ...car, stayMs: -5 }, '/stayMs'],
    ['file of 40 bytes', { ...car, file0019Hex: '00'.repeat(40) }, '/file0019Hex'],
  ])('%s', (_, body, field) => {
    const b = new Bench()
    expect(() => b.model.addCar(body, 0)).toThrowError(
      expect.objectContaining({ code: 'ARG-01', detail: expect.objectContaining({ field }) }),
    )
    expect(b.state('cars')).toEqual([])
  })
})
