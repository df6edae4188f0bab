// generic-bcc against the worked session of rsu-interface.md 1.5.3 and the vectors of 1.5.2, byte for byte; invalid cars
// are refused.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { testTac } from '#simulators/shell/test-tac.ts'
import { Bench, bcc, car, hex, station36, tight } from './rsu-bench.ts'

describe('generic-bcc session', () => {
  it('sends the frames of the worked example', () => {
    const b = new Bench()
    expect(b.pc(bcc.c0)).toEqual([
      tight('FFFF98B0000237010000000137010000000200080008290200000000000002FF'),
    ])
    expect(b.pc(bcc.on)).toEqual(['FFFF0808FF'])
    expect(b.arrive({ file0019Hex: `AA2900${station36}00000000` })).toEqual([
      tight(
        'FFFF18B20200123400B2E2CAD437010001370101202300000120230101' + '20 33 01 01 10 20 01 E3 FF',
      ),
    ])
    expect(b.pc(bcc.c1)).toEqual([tight('FFFF28B30200123400B2E241313233343500000000000001009EFF')])
    expect(b.pc(bcc.c1)).toEqual([
      tight(
        'FFFF48B402001234001600100000271001234567B2E2CAD4370100011640' +
          '370112000000000000012023010120330101B2E2413132333435000000' +
          '0000000137010102016553E2F0010300000000000000000000000001B2' +
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
    // As in the example, except TAC, time (that of C6), serials and therefore the check byte.
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

describe('escape', () => {
  const { dialect, knobs } = new Bench().model
  it.each([
    ['81', '', 'FF FF 81 81 FF'],
    [
      '82',
      'C102FEFF101122334455667788',
      'FF FF 82 C1 02 FE 00 FE 01 10 11 22 33 44 55 66 77 88 D8 FF',
    ],
    ['83', 'C2020000BD01', 'FF FF 83 C2 02 00 00 BD 01 FE 01 FF'],
    ['83', 'C2020000BC01', 'FF FF 83 C2 02 00 00 BC 01 FE 00 FF'],
    ['18', 'B20000000080', 'FF FF 18 B2 00 00 00 00 80 2A FF'],
  ])('wraps %s %s as the vectors of 1.5.2 have it', (seq, data, bytes) => {
    expect(hexOf(dialect.wrap(hex(seq)[0] ?? 0, hex(data), knobs))).toBe(tight(bytes))
  })

  it('reads the vectors back', () => {
    const [frame] = dialect.receiver().push(hex('FFFF82C102FE00FE01101122334455667788D8FF'))
    expect(hexOf(frame?.data ?? hex(''))).toBe('C102FEFF101122334455667788')
  })

  it('leaves the check byte bare when asked to, as one field sender does', () => {
    const bare = { ...knobs, unescapedBcc: true }
    expect(hexOf(dialect.wrap(0x83, hex('C2020000BD01'), bare))).toBe('FFFF83C2020000BD01FFFF')
  })

  it('answers a debit whose balance could not be read back with FFFFFFFF, escaped', () => {
    const b = new Bench({ knobs: { heartbeatMs: 0, balanceUnreadable: true } })
    b.toB4()
    expect(b.pc(bcc.c6)[0]).toContain('FE01FE01FE01FE01')
    expect(b.card.balanceFen).toBe(9500)
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
