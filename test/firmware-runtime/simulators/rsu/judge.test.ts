// The RSU as the judge of what the card was charged, whatever happened to the frames; and the faults and quirks that happen
// to them.
import { describe, expect, it } from 'vitest'
import { Bench, bcc, car, tight } from './rsu-bench.ts'

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
    // The PC's time window ends and the OBU is read again, unchanged.
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
    expect(b.model.cardStore(0, 10).cards.flatMap((c) => c.debits)).toEqual([])
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
    b.model.mend()
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
