// Invoices about receipts: what may be invoiced by means and refunds, the mark that is given once whoever asks and whenever, its
// reversal, and what a refund does to it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { removeFolders } from '../../../ledger/sqlite/ledger-kit.ts'
import { InvoiceLot, type Paid } from './invoice-lot.ts'

let lot: InvoiceLot
beforeEach(() => {
  lot = new InvoiceLot()
})
afterEach(() => {
  lot.ledger.close()
  removeFolders()
})

const atIso = '2026-11-20T10:00:00+08:00'
const reversal = { reason: 'refund', atIso: '2026-11-21T10:00:00+08:00' }
const refused = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    ({ code, detail }: LaneFault) => [code, detail.field, detail.value],
  )

/** A receipt of a stay that paid, and a mark of it. */
async function receiptOf(paid: readonly Paid[], letter: 'O' | 'T' = 'O') {
  const stayId = lot.stay(paid, letter)
  const { receiptNo, check } = await lot.receiptOf(stayId)
  const invoice = (amountFen: number) => ({ receiptNo, check, amountFen, atIso })
  return { stayId, receiptNo, check, invoice }
}

const cash: Paid = ['cash', 900]

describe('what may be invoiced', () => {
  it.each<[string, readonly Paid[], readonly Paid[], number, number]>([
    ['cash', [cash], [], 900, 900],
    ['a code', [['qr', 700]], [], 700, 700],
    ['a transfer', [['transfer', 500]], [], 500, 500],
    ['ETC, which its platform invoices', [['etc', 900]], [], 900, 0],
    ['another billing system', [['billing', 900]], [], 900, 0],
    [
      'ETC and cash',
      [
        ['etc', 500],
        ['cash', 400],
      ],
      [],
      900,
      400,
    ],
    [
      'ETC, cash and a code',
      [
        ['etc', 500],
        ['cash', 400],
        ['qr', 1],
      ],
      [],
      901,
      401,
    ],
    ['cash in part given back', [cash], [['cash', 300]], 900, 600],
    ['a code in part given back', [['qr', 700]], [['qr', 699]], 700, 1],
    [
      'ETC given back and cash',
      [
        ['etc', 500],
        ['cash', 400],
      ],
      [['etc', 500]],
      900,
      400,
    ],
    ['all given back', [cash], [['cash', 900]], 900, 0],
    ['an entry for a waived stay beside it', [['waived', 100], cash], [], 900, 900],
  ])('%s', async (_, paid, back, amountFen, invoiceableFen) => {
    const { stayId, receiptNo, check } = await receiptOf(paid)
    for (const one of back) lot.refund(stayId, one)
    const seen = await lot.port().receipt(receiptNo, check)
    const refundedFen = back.reduce((sum, [, fen]) => sum + fen, 0)
    const wanted = { receiptNo, amountFen, refundedFen, invoiceableFen, invoice: null }
    expect(seen).toMatchObject({ lotId: 'LOT-1', ...wanted })
    expect(seen.means).toEqual(paid.map(([means]) => means).filter((one) => one !== 'waived'))
  })

  it.each<Paid>([
    ['etc', 1],
    ['cash', 1],
    ['qr', 1],
  ])('nothing of a test car by %s', async (...paid) => {
    const { receiptNo, check, invoice } = await receiptOf([paid], 'T')
    expect(await lot.port().receipt(receiptNo, check)).toMatchObject({ invoiceableFen: 0 })
    expect(await refused(lot.port().mark('FP0001', invoice(1)))).toEqual([
      'ORDER-09',
      '/amountFen',
      '1',
    ])
  })

  it('the sum of a stay that paid again, whichever receipt is shown', async () => {
    const first = await receiptOf([cash])
    lot.pay(first.stayId, ['qr', 300])
    const second = await lot.receiptOf(first.stayId)
    expect(second.receiptNo).not.toBe(first.receiptNo)
    for (const { receiptNo, check } of [first, second])
      expect(await lot.port().receipt(receiptNo, check)).toMatchObject({ invoiceableFen: 1200 })
    await lot.port().mark('FP0001', first.invoice(1200))
    const other = { receiptNo: second.receiptNo, check: second.check, amountFen: 1200, atIso }
    expect(await refused(lot.port().mark('FP0002', other))).toEqual([
      'ORDER-13',
      '/receiptNo',
      'FP0001',
    ])
  })
})

it.each<[string, (no: string, check: string) => readonly [string, string]]>([
  [
    'another check value',
    (no, check) => [no, check.replace(/^./, (one) => (one === '0' ? '1' : '0'))],
  ],
  ['no check value', (no) => [no, '']],
  ['the next number', (no, check) => [no.replace(/.$/, '9'), check]],
  ['the number of another day', (no, check) => [no.replace('20261120', '20261119'), check]],
  ['no day', (no, check) => [no.replace('20261120', '20261332'), check]],
  ['one number written in two ways', (no, check) => [no.replace('-', '-0'), check]],
])('a receipt is unknown by %s', async (_, change) => {
  const { receiptNo, check } = await receiptOf([cash])
  const [no, given] = change(receiptNo, check)
  expect(await refused(lot.port().receipt(no, given))).toEqual(['ORDER-04', '/receiptNo', no])
  const mark = { receiptNo: no, check: given, amountFen: 900, atIso }
  expect(await refused(lot.port().mark('FP0001', mark))).toEqual(['ORDER-04', '/receiptNo', no])
})

describe('a mark', () => {
  it('is given once: equal ones are the same, others are refused', async () => {
    const { receiptNo, invoice } = await receiptOf([cash])
    const { invoice: second } = await receiptOf([['qr', 900]])
    const [port, marked] = [lot.port(), invoice(900)]
    const view = { invoiceNo: 'FP0001', receiptNo, amountFen: 900, atIso, state: 'valid' }
    const whole = { ...view, reversal: null, invoiceableFen: 900 }
    expect(await port.mark('FP0001', marked)).toEqual(whole)
    expect(await port.mark('FP0001', marked)).toEqual(whole)
    expect(await port.invoice('FP0001')).toEqual(whole)
    expect(await port.receipt(receiptNo, marked.check)).toMatchObject({
      invoice: { invoiceNo: 'FP0001', amountFen: 900, state: 'valid' },
    })
    const late = { ...marked, atIso: reversal.atIso }
    const [other, same] = [
      ['ORDER-13', '/receiptNo', 'FP0001'],
      ['ORDER-06', '/invoiceNo', 'FP0001'],
    ]
    expect(await refused(port.mark('FP0002', marked))).toEqual(other)
    expect(await refused(port.mark('FP0001', late))).toEqual(same)
    expect(await refused(port.mark('FP0001', { ...marked, amountFen: 899 }))).toEqual(same)
    expect(await refused(port.mark('FP0001', second(900)))).toEqual(same)
  })

  it.each([1, 899, 901, 90_000])('over %d fen of 900 is refused', async (fen) => {
    const { invoice } = await receiptOf([cash])
    expect(await refused(lot.port().mark('FP0001', invoice(fen)))).toEqual([
      'ORDER-09',
      '/amountFen',
      String(fen),
    ])
    expect(await refused(lot.port().invoice('FP0001'))).toEqual([
      'ORDER-04',
      '/invoiceNo',
      'FP0001',
    ])
  })

  it.each<[string, readonly [string, string], readonly [string, string], number]>([
    ['two numbers of one partner', ['TAX', 'FP0001'], ['TAX', 'FP0002'], 1],
    ['numbers of two partners', ['TAX', 'FP0001'], ['BOOKS', 'FP0001'], 1],
    ['one number twice', ['TAX', 'FP0001'], ['TAX', 'FP0001'], 2],
  ])('of %s at one time counts once', async (_, [one, no], [other, otherNo], done) => {
    const { invoice, stayId } = await receiptOf([cash])
    const ends = await Promise.all([
      refused(lot.port(one).mark(no, invoice(900))),
      refused(lot.port(other).mark(otherNo, invoice(900))),
    ])
    expect(ends.filter((end) => end === 'done')).toHaveLength(done)
    const rows = (await lot.service.timeline(stayId)).filter(
      ({ kind, body }) => kind === 'event' && body.invoice !== undefined,
    )
    expect(rows).toHaveLength(1)
  })

  it('one number for two receipts at one time counts for one', async () => {
    const [first, second] = [await receiptOf([cash]), await receiptOf([cash])]
    lot.meanwhile = () => {
      const { check: _, ...marked } = second.invoice(900)
      const invoice = { row: 'issued', partnerId: 'TAX', invoiceNo: 'FP0001', ...marked } as const
      const body = { type: 'invoice', detail: '', invoice } as const
      lot.ledger.append([{ kind: 'event', atMs: lot.nowMs, stayId: second.stayId, body }])
    }
    expect(await refused(lot.port().mark('FP0001', first.invoice(900)))).toEqual([
      'ORDER-06',
      '/invoiceNo',
      'FP0001',
    ])
  })

  it('holds after a restart and years', async () => {
    const { receiptNo, check, invoice } = await receiptOf([cash])
    await lot.port().mark('FP0001', invoice(900))
    lot.restart()
    lot.nowMs += 800 * dayMs
    expect(await lot.port().mark('FP0001', invoice(900))).toMatchObject({ state: 'valid' })
    expect(await refused(lot.port().mark('FP0002', invoice(900)))).toEqual([
      'ORDER-13',
      '/receiptNo',
      'FP0001',
    ])
    expect(await lot.port().receipt(receiptNo, check)).toMatchObject({
      invoice: { invoiceNo: 'FP0001' },
    })
  })

  it('of another partner counts, and its number is not shown', async () => {
    const { receiptNo, check, invoice } = await receiptOf([cash])
    await lot.port('BOOKS').mark('FP0001', invoice(900))
    const port = lot.port()
    expect(await port.receipt(receiptNo, check)).toMatchObject({
      invoice: { invoiceNo: null, amountFen: 900 },
    })
    expect(await refused(port.mark('FP0001', invoice(900)))).toEqual(['ORDER-13', '/receiptNo', ''])
    for (const act of [port.invoice('FP0001'), port.reverse('FP0001', reversal)])
      expect(await refused(act)).toEqual(['ORDER-04', '/invoiceNo', 'FP0001'])
    expect(await lot.events()).toEqual([])
    expect(await lot.events('BOOKS')).toMatchObject([
      { event: 'invoice', invoice: { invoiceNo: 'FP0001' } },
    ])
  })
})

describe('a reversal', () => {
  it('is kept once, and the receipt may be invoiced anew', async () => {
    const { stayId, receiptNo, check, invoice } = await receiptOf([cash])
    const port = lot.port()
    const onReceipt = async () => (await lot.receiptOf(stayId)).given.invoiceNo
    expect(await onReceipt()).toBeNull()
    await port.mark('FP0001', invoice(900))
    expect(await onReceipt()).toBe('FP0001')
    const reversed = { invoiceNo: 'FP0001', state: 'reversed', reversal }
    for (let n = 0; n < 2; n++)
      expect(await port.reverse('FP0001', reversal)).toMatchObject(reversed)
    const other = port.reverse('FP0001', { ...reversal, reason: 'other' })
    expect(await refused(other)).toEqual(['ORDER-06', '/invoiceNo', 'FP0001'])
    expect(await port.receipt(receiptNo, check)).toMatchObject({ invoice: null })
    expect(await onReceipt()).toBeNull()
    // The number is used up: the same mark again is the reversed one.
    expect(await port.mark('FP0001', invoice(900))).toMatchObject(reversed)
    expect(await port.mark('FP0002', invoice(900))).toMatchObject({ state: 'valid' })
    expect(await onReceipt()).toBe('FP0002')
    lot.restart()
    expect(await lot.port().invoice('FP0001')).toMatchObject(reversed)
    expect(await refused(lot.port().mark('FP0003', invoice(900)))).toEqual([
      'ORDER-13',
      '/receiptNo',
      'FP0002',
    ])
  })

  it('of an unknown number is refused', async () => {
    expect(await refused(lot.port().reverse('FP0009', reversal))).toEqual([
      'ORDER-04',
      '/invoiceNo',
      'FP0009',
    ])
  })
})

describe('a refund after the mark', () => {
  it.each<[string, readonly Paid[], Paid, number, string]>([
    ['of cash in part', [cash], ['cash', 300], 600, 'reversalDue'],
    ['of all cash', [cash], ['cash', 900], 0, 'reversalDue'],
    ['by code', [['qr', 900]], ['qr', 200], 700, 'reversalDue'],
    ['of the ETC part alone', [['etc', 500], cash], ['etc', 500], 900, 'valid'],
  ])('%s', async (_, paid, back, leftFen, state) => {
    const { stayId, receiptNo, check, invoice } = await receiptOf(paid)
    await lot.port().mark('FP0001', invoice(900))
    lot.refund(stayId, back)
    const port = lot.port()
    expect(await port.invoice('FP0001')).toMatchObject({ state, invoiceableFen: leftFen })
    expect(await port.receipt(receiptNo, check)).toMatchObject({
      invoice: { invoiceNo: 'FP0001', state },
    })
    const events = await lot.events()
    expect(events.map(({ invoice: one }) => one?.state)).toEqual(
      state === 'valid' ? ['valid'] : ['reversalDue', 'reversalDue'],
    )
    expect(events.at(-1)).toMatchObject({
      event: 'invoice',
      order: null,
      invoice: { invoiceableFen: leftFen },
    })
    expect(await refused(port.mark('FP0002', invoice(leftFen)))).toEqual([
      'ORDER-13',
      '/receiptNo',
      'FP0001',
    ])
    await port.reverse('FP0001', reversal)
    const anew = await refused(port.mark('FP0002', invoice(leftFen)))
    // Nothing is left to invoice where all went back.
    expect(anew).toEqual(leftFen === 0 ? ['ORDER-09', '/amountFen', '0'] : 'done')
  })

  it('is no news where it came before the mark, or the stay has none', async () => {
    const before = await receiptOf([cash])
    lot.refund(before.stayId, ['cash', 100])
    await lot.port().mark('FP0001', before.invoice(800))
    const without = await receiptOf([cash])
    lot.refund(without.stayId, ['cash', 100])
    // A charge that was given back without any payment of its stay.
    lot.refund(lot.stay([]), ['etc', 100])
    expect((await lot.events()).map(({ invoice }) => [invoice?.invoiceNo, invoice?.state])).toEqual(
      [['FP0001', 'valid']],
    )
  })

  it('that comes between reading and writing of a mark is in its amount', async () => {
    const { stayId, invoice } = await receiptOf([cash])
    lot.meanwhile = () => {
      lot.refund(stayId, ['cash', 300])
    }
    expect(await refused(lot.port().mark('FP0001', invoice(900)))).toEqual([
      'ORDER-09',
      '/amountFen',
      '900',
    ])
  })
})
