// Money through the RSU driver: one C6 and never a second, what each answer means, answers that are late, lost or of
// another OBU, and the proof for variants that have one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { Bench, bytes, obuId } from './driver-bench.ts'

const all = rsuVariantIds.map((id) => ({ id }))
const noProof = { tac: null, cardSerial: null, psamSerial: null, balanceAfterFen: null }

const offered = (id: RsuVariantId, amountFen = 500): Bench => {
  const rsu = new Bench(id).ready()
  rsu.readCard()
  rsu.debit('D1', amountFen)
  return rsu
}

describe.each(all)('$id debit', ({ id }) => {
  it('paid: the proof of B5, C1 to end it', () => {
    const rsu = new Bench(id).ready()
    rsu.readCard()
    expect(rsu.debit()).toEqual(['>C6'])
    expect(rsu.timers.get('b5')).toBe(2000)
    expect(rsu.timers.has('answer')).toBe(false)
    expect(rsu.say('B5')).toEqual(['debitResult'])
    expect(rsu.events()[0]).toEqual({
      type: 'debitResult',
      obuId,
      money: 'paid',
      code: 0,
      reason: 'ok',
      proof: {
        tac: 'A1B2C3D4',
        cardSerial: 18,
        psamTerminal: '370100000001',
        psamSerial: 17,
        transType: '09',
        // generic-bcc reports neither, generic-len no key version.
        algorithm: id === 'generic-bcc' ? null : '3des',
        keyVersion: id === 'generic-ver' ? 1 : null,
        timeBcd: '20231115061321',
        balanceAfterFen: 9500,
      },
    })
    expect(rsu.timers.has('b5')).toBe(false)
    expect(rsu.tell({ do: 'complete', obuId })).toEqual(['>C1'])
    expect(rsu.sentHex()[0]).toContain(id === 'generic-len' ? 'C102001234' : 'B2E2CAD437010001')
  })

  it('a lane that says nothing after B5: the driver ends the transaction itself', () => {
    const rsu = offered(id)
    rsu.say('B5')
    expect(rsu.fire('answer')).toEqual(['>C1'])
  })

  it('the same deduction is never sent twice, in this deal or any other', () => {
    const rsu = offered(id)
    expect(rsu.debit('D1')).toEqual(['rsuFault'])
    expect(rsu.events()[0]).toMatchObject({ status: -1, reason: 'secondDebit D1' })
    expect(rsu.debit('D2')).toEqual(['rsuFault'])
    rsu.say('B5')
    expect(rsu.debit('D3')).toEqual(['rsuFault'])
    rsu.tell({ do: 'complete', obuId })
    rsu.tell({ do: 'search', on: true })
    rsu.readCard()
    expect(rsu.debit('D1')).toEqual(['rsuFault'])
    expect(rsu.debit('D4')).toEqual(['>C6'])
  })

  it('a repeated B4 while C6 is open brings no second C6', () => {
    const rsu = new Bench(id).ready()
    if (id !== 'generic-len') rsu.say('B2')
    if (id === 'generic-bcc') rsu.say('B3')
    const b4 = rsu.v.framing.encode(rsu.nextSeq(), rsu.data('B4'))
    rsu.receive(b4)
    rsu.debit()
    expect(rsu.receive(b4)).toEqual([])
    expect(rsu.say('B4')).toEqual([])
    if (id === 'generic-bcc') expect(rsu.say('B3')).toEqual([])
    const other = id === 'generic-len' ? 'B4' : 'B2'
    expect(rsu.say(other, { obuId: '02009999' })).toEqual(['>C2'])
    expect(rsu.say('B5')).toEqual(['debitResult'])
  })

  it('nothing was sent: certainly unpaid', () => {
    const rsu = new Bench(id).ready()
    expect(rsu.debit('D1')).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid', code: -2, reason: 'obuGone' })
    rsu.readCard()
    expect(rsu.debit('D1')).toEqual(['rsuFault'])
    expect(rsu.debit('D2', 500, 'AA29')).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ code: -2, reason: 'badDebitFields' })
    expect(rsu.debit('D3', -1)).toEqual(['debitResult'])
    rsu.down()
    expect(rsu.debit('D4')).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ code: -2, reason: 'rsuDown' })
  })

  it('a B5 said again after the antenna went off is no orphan: C1 again, told once', () => {
    const rsu = offered(id)
    const b5 = rsu.v.framing.encode(rsu.nextSeq(), rsu.data('B5'))
    expect(rsu.receive(b5)).toEqual(['debitResult'])
    rsu.tell({ do: 'complete', obuId })
    const [c1] = rsu.sentHex()
    rsu.tell({ do: 'search', on: false })
    expect(rsu.receive(b5)).toEqual(['>C1'])
    expect(rsu.sentHex()).toEqual([c1])
    rsu.tell({ do: 'search', on: true })
    expect(rsu.receive(b5)).toEqual(['>C1'])
    rsu.repeatsOver()
    expect(rsu.receive(b5)).toEqual(['>C1', 'orphanResult'])
  })

  it('no B5 in two seconds: unknown, and C6 is not repeated', () => {
    const rsu = offered(id)
    expect(rsu.fire('b5')).toEqual(['debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unknown', code: -1, proof: noProof })
    expect([...rsu.timers.keys()]).not.toContain('b5')
  })

  it('a late B5 is still told, once; another one is an orphan', () => {
    const rsu = offered(id)
    rsu.fire('b5')
    expect(rsu.say('B5')).toEqual(['>C1', 'debitResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'paid', proof: { tac: 'A1B2C3D4' } })
    rsu.repeatsOver()
    expect(rsu.say('B5')).toEqual(['>C1', 'orphanResult'])
  })

  it('the link goes while C6 is open: down, unknown; the B5 after it is told', () => {
    const rsu = offered(id)
    expect(rsu.down()).toEqual(['rsuDown', 'debitResult'])
    expect(rsu.events()[1]).toMatchObject({ money: 'unknown', code: -1, reason: 'cut' })
    rsu.linked()
    expect(rsu.say('B5')).toEqual(['>C1', 'debitResult'])
  })

  it('the RSU starts again while C6 is open: unknown', () => {
    const rsu = offered(id)
    expect(rsu.say('B0').slice(0, 2)).toEqual(['rsuDown', 'debitResult'])
    const faulty = offered(id)
    faulty.tell({ do: 'search', on: true })
    const status = id === 'generic-len' ? 'rf' : 'antennaLink'
    expect(faulty.say('B0', { status })).toEqual(['rsuFault', 'rsuDown', 'debitResult'])
  })

  it('a B5 of another OBU, or of none, opens nothing', () => {
    const rsu = offered(id)
    expect(rsu.say('B5', { obuId: '02009999' })).toEqual(['>C1', 'orphanResult'])
    expect(rsu.fire('b5')).toEqual(['debitResult'])
    const idle = new Bench(id).ready()
    expect(idle.say('B5')).toEqual(['>C1', 'orphanResult'])
    // The debit may date from before a restart: it is reported with its proof, so that the ledger can match it.
    expect(idle.events().at(-1)).toMatchObject({
      money: 'paid',
      proof: { tac: expect.any(String) },
    })
  })

  it('balance FFFFFFFF with code 00 is paid, the balance derived', () => {
    const rsu = offered(id)
    rsu.say('B5', { balanceAfter: null })
    expect(rsu.events()[0]).toMatchObject({
      money: 'paid',
      balanceDerived: true,
      proof: { balanceAfterFen: 9500 },
    })
  })

  it('an unlisted code is unknown, its old bytes are not taken for a proof', () => {
    const rsu = offered(id)
    rsu.say('B5', { error: 'code:7F' })
    expect(rsu.events()[0]).toMatchObject({ money: 'unknown', code: 0x7f, proof: noProof })
    expect(rsu.say('B5')).toEqual(['>C1', 'debitResult'])
  })

  it('release and complete do not call back a C6 on its way', () => {
    const rsu = offered(id)
    expect(rsu.tell({ do: 'release', obuId })).toEqual([])
    expect(rsu.tell({ do: 'complete', obuId })).toEqual([])
    rsu.tell({ do: 'search', on: false })
    expect(rsu.say('B5')).toEqual(['debitResult'])
  })

  it('stations of every length reach the link in the length of the variant', () => {
    const short = '37010102026553F100010400000000000000000000000001B2E241313233343500000000'
    for (const hex of [short, `${short}00000000`, `AA2900${short}`, `AA2900${short}00000000`]) {
      const rsu = new Bench(id).ready()
      rsu.readCard()
      expect(rsu.debit('D1', 500, hex)).toEqual(['>C6'])
      expect(rsu.sentHex()[0]).toContain(short)
      const bare = (rsu.sentHex()[0]?.length ?? 0) / 2
      if (id === 'generic-ver') expect(bare).toBe(77)
      else if (id === 'generic-len') expect(bare).toBe(72)
      else expect([69, 73]).toContain(bare)
    }
  })

  it('whatever is asked and heard, one C6 per deduction and per reading', () => {
    const acts: readonly ((rsu: Bench) => unknown)[] = [
      (r) => r.readCard(),
      (r) => r.debit('D1'),
      (r) => r.debit('D2'),
      (r) => r.debit('D3'),
      (r) => r.say('B5'),
      (r) => r.say('B5', { error: 'code:01' }),
      (r) => (r.timers.has('b5') ? r.fire('b5') : null),
      (r) => (r.timers.has('answer') ? r.fire('answer') : null),
      (r) => r.repeatsOver(),
      (r) => r.tell({ do: 'release', obuId }),
      (r) => r.tell({ do: 'complete', obuId }),
      (r) => r.tell({ do: 'search', on: true }),
      (r) => r.tell({ do: 'fetchProof', obuId, cardSerial: 18 }),
      (r) => [r.down(), r.linked(), r.say('B0')],
      (r) => r.receive(bytes('FFFF00')),
    ]
    fc.assert(
      fc.property(fc.array(fc.nat(acts.length - 1), { maxLength: 40 }), (script) => {
        const rsu = new Bench(id).ready()
        let sinceRead = 0
        let sent = 0
        const step = rsu.step.bind(rsu)
        rsu.step = (event) => {
          const done = step(event)
          if (done.includes('cardRead')) sinceRead = 0
          const c6 = done.filter((d) => d === '>C6').length
          sent += c6
          sinceRead += c6
          if (sinceRead > 1) throw new Error('two C6 for one reading')
          return done
        }
        for (const i of script) acts[i]?.(rsu)
        expect(sent).toBeLessThanOrEqual(3)
      }),
      { numRuns: 300 },
    )
  })
})

const codes = {
  'generic-bcc': {
    paid: ['ok', 'ef04NoAnswer', 'ef04Refused'],
    unpaid: ['initialiseNoAnswer', 'initialiseRefused', 'mac1Failed'],
    unknown: ['debitNoAnswer', 'debitRefused', 'mac2Refused', 'proofRefused', 'code:01', 'code:14'],
  },
  'generic-ver': {
    paid: ['ok', 'debitOkEf04Failed'],
    unpaid: ['mac1Failed', 'ef04OnlyFailed'],
    unknown: ['noDebitAnswer', 'notDecodable', 'mac2Failed', 'tacMissing', 'bothFailed', 'test'],
  },
  // 5.1: for none of these errors does a source say that no money moved.
  'generic-len': {
    paid: ['ok'],
    unpaid: [],
    unknown: ['obuTimeout', 'noCard', 'badData', 'tagError', 'cardError', 'code:06', 'code:FF'],
  },
} as const satisfies Record<RsuVariantId, Record<'paid' | 'unpaid' | 'unknown', readonly string[]>>
const moneyRows = rsuVariantIds.flatMap((id) =>
  (['paid', 'unpaid', 'unknown'] as const).flatMap((money) =>
    codes[id][money].map((error) => ({ id, error, money })),
  ),
)

describe('what a B5 code says about the money', () => {
  it.each(moneyRows)('$id $error: $money', ({ id, error, money }) => {
    const rsu = offered(id)
    rsu.say('B5', { error })
    expect(rsu.events()[0]).toMatchObject({
      money,
      proof: { tac: money === 'paid' ? 'A1B2C3D4' : null },
    })
  })

  it('generic-bcc, entry lane: EF04 comes first, so its failure means no debit', () => {
    const rsu = new Bench('generic-bcc', { laneMode: 'entry' }).ready()
    rsu.readCard()
    rsu.debit()
    rsu.say('B5', { error: 'ef04Refused' })
    expect(rsu.events()[0]).toMatchObject({ money: 'unpaid' })
  })

  it('generic-bcc: a B5 without its debit part is no proof of a debit, but of a zero-fen write', () => {
    const dear = offered('generic-bcc')
    dear.say('B5', {}, 0x58, 'withoutDebit')
    expect(dear.events()[0]).toMatchObject({ money: 'unknown', proof: noProof })
    const free = offered('generic-bcc', 0)
    free.say('B5', {}, 0x58, 'withoutDebit')
    expect(free.events()[0]).toMatchObject({ money: 'paid', balanceDerived: true })
  })

  it('generic-bcc: the form without a terminal number takes that of B0', () => {
    const rsu = offered('generic-bcc')
    rsu.say('B5', {}, 0x58, 'withoutTerminal')
    expect(rsu.events()[0]).toMatchObject({
      money: 'paid',
      proof: { psamTerminal: '370100000001', tac: 'A1B2C3D4', balanceAfterFen: 9500 },
    })
  })

  it('credit cards have no balance to derive', () => {
    const rsu = new Bench('generic-ver').ready()
    rsu.say('B2')
    const b4 = rsu.v.engine.decode(rsu.data('B4'))
    const card = b4.ok ? (b4.value.card as object) : {}
    rsu.say('B4', { card: { ...card, cardType: 23 }, balance: 0xfa0a1dcf })
    rsu.debit()
    rsu.say('B5', { balanceAfter: null })
    expect(rsu.events()[0]).toMatchObject({ money: 'paid', proof: { balanceAfterFen: null } })
  })
})

describe('proof', () => {
  const suspect = (): Bench => {
    const rsu = offered('generic-ver')
    rsu.say('B5', { error: 'noDebitAnswer' })
    return rsu
  }
  const ask = { do: 'fetchProof', obuId, cardSerial: 18 } as const

  it('C8, B8: paid with its TAC; a B5 after it is still told', () => {
    const rsu = suspect()
    expect(rsu.tell(ask)).toEqual(['>C8'])
    expect(rsu.say('B2')).toEqual(['>C2'])
    expect(rsu.say('B8')).toEqual(['proofResult'])
    expect(rsu.events()[0]).toMatchObject({
      money: 'paid',
      proof: { tac: 'A1B2C3D4', cardSerial: 18, timeBcd: '20231115061320', balanceAfterFen: 9500 },
    })
    expect(rsu.say('B5')).toContain('debitResult')
  })

  it.each([
    [{ error: 'tacFailed' }, 'unknown'],
    [{ error: 'ef04FailedTacOk' }, 'paid'],
    [{ error: 'code:77' }, 'unknown'],
    [{ tac: '00000000' }, 'unknown'],
  ])('B8 %j: %s', (over, money) => {
    const rsu = suspect()
    rsu.tell(ask)
    rsu.say('B8', over)
    expect(rsu.events()[0]).toMatchObject({ money })
  })

  it('three times, then unknown', () => {
    const rsu = suspect()
    rsu.tell(ask)
    expect(rsu.fire('proof')).toEqual(['>C8'])
    expect(rsu.fire('proof')).toEqual(['>C8'])
    expect(rsu.fire('proof')).toEqual(['proofResult'])
    expect(rsu.events()[0]).toMatchObject({ money: 'unknown', code: -1 })
    // The late B8 answers the same C6 and is reported once.
    expect(rsu.say('B8')).toEqual(['proofResult'])
    expect(rsu.events().at(-1)).toMatchObject({ money: 'paid', proof: { tac: expect.any(String) } })
    expect(rsu.say('B8', { tac: '0A0B0C0E' })).toEqual(['orphanResult'])
  })

  it('not while C6 is open, not twice at a time, not of another OBU, not without a link', () => {
    expect(offered('generic-ver').tell(ask)).toEqual([])
    const rsu = suspect()
    rsu.tell(ask)
    expect(rsu.tell(ask)).toEqual([])
    expect(rsu.say('B8', { obuId: '02009999' })).toEqual(['orphanResult'])
    expect(rsu.down()).toEqual(['rsuDown', 'proofResult'])
    expect(rsu.tell(ask)).toEqual(['proofResult'])
    expect(rsu.timers.has('proof')).toBe(false)
  })

  it('never where the variant has none', () => {
    const rsu = offered('generic-bcc')
    rsu.fire('b5')
    expect(rsu.tell(ask)).toEqual([])
  })
})

it('the memory of used deductions and unanswered debits is bounded', () => {
  const rsu = new Bench('generic-ver').ready()
  for (let i = 0; i < 4100; i++) rsu.debit(`D${i}`)
  expect(rsu.state.usedIds.size).toBe(4096)
  for (let i = 0; i < 12; i++) {
    const id = `0200AA${String(i).padStart(2, '0')}`
    rsu.tell({ do: 'search', on: true })
    rsu.readCard({}, id)
    rsu.debit(`E${i}`, 500, undefined, id)
    rsu.fire('b5')
  }
  expect(rsu.state.unanswered).toHaveLength(8)
})
