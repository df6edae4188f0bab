// ETC charges around a day, out of a real ledger: paid ones with the refunds of each, unpaid ones with zero; charges of
// days further away are left out.
import { afterAll, expect, test } from 'vitest'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { dayMs, dayStartMs } from '#base/pure/values/instant.ts'
import { carRows, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterAll(removeFolders)

test('charges of the day and of those beside it', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 0; n < 4; n++) ledger.append(carRows(n, n !== 3))
  ledger.close()
  const reader = openLedgerReader(optionsFor(dir))
  const { rows } = reader.query('deduction', { limit: 10 })
  const found = reader.etcOfDay(dayStartMs(startMs))
  expect(found.map(({ outTradeNo, paidFen }) => [outTradeNo, paidFen])).toEqual(
    rows.map(({ outTradeNo, amountFen, state }) => [outTradeNo, state === 'paid' ? amountFen : 0]),
  )
  expect(found.filter(({ paidFen }) => paidFen > 0).length).toBeGreaterThan(0)
  const [paid] = found.filter(({ paidFen }) => paidFen > 0)
  const deduction = rows.find(({ outTradeNo }) => outTradeNo === paid?.outTradeNo)
  reader.close()
  const again = openLedger(optionsFor(dir))
  const { stayId = '', orderId = '', deductionId = '', outTradeNo = '' } = deduction ?? {}
  const refs = { atMs: startMs, stayId, orderId, deductionId }
  const by = { reason: 'twice', operator: 'system', approvedBy: null }
  const refund = (refundId: string, amountFen: number) =>
    ({ kind: 'refund', ...refs, amountFen, body: { refundId, outTradeNo, ...by } }) as const
  const state = (refundId: string, word: 'success' | 'approved' | 'rejected') =>
    ({ kind: 'refundState', atMs: startMs, stayId, body: { refundId, state: word } }) as const
  again.ledger.append([refund('R1', 3), state('R1', 'success'), refund('R2', 2)])
  again.ledger.append([refund('R3', 1), state('R3', 'rejected')])
  const byHand = { refundId: 'R4', state: 'success', means: 'cash' } as const
  again.ledger.append([
    refund('R4', 1),
    { kind: 'refundState', atMs: startMs, stayId, body: byHand },
  ])
  const copy = (outboxId: string, destination: 'platform' | 'operator') =>
    ({
      kind: 'outbox',
      ...refs,
      amountFen: 5,
      body: {
        outboxId,
        op: 'exitRecord',
        businessNo: outTradeNo,
        destination,
        body: '{}',
        bodySm3: '0'.repeat(64),
      },
    }) as never
  again.ledger.append([copy('X1', 'operator')])
  const recordNow = () => {
    const page = openLedgerReader(optionsFor(dir))
    const found = page.etcOfDay(dayStartMs(startMs)).find((it) => it.outTradeNo === outTradeNo)
    page.close()
    return found?.record
  }
  expect(recordNow()).toEqual({ fen: 5, isThere: false })
  const told = { outboxId: 'X1', state: 'confirmed', attempt: 1 }
  again.ledger.append([{ kind: 'outboxState', atMs: startMs, stayId, body: told } as never])
  expect(recordNow()).toEqual({ fen: 5, isThere: true })
  again.ledger.close()
  const after = openLedgerReader(optionsFor(dir))
  const one = after.etcOfDay(dayStartMs(startMs)).find((it) => it.outTradeNo === outTradeNo)
  expect(one).toMatchObject({ stayId, refundedFen: 3, onItsWayFen: 2 })
  expect(after.etcOfDay(dayStartMs(startMs) + 5 * dayMs)).toEqual([])
  after.close()
})
