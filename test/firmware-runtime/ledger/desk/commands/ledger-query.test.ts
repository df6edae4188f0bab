// `ledger query` with the filters of the records page, on a closed folder: a day, the newest first, a part
// of a plate, a person, an amount, and tables for other programs. Without them it answers as it always did.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'

const dir = folderOfFile('etc-lane-query-')
/** Noon of the lot's day; 00:30 of that day is still the previous day in UTC. */
const noonMs = instantOf(2026, 11, 20, 12 * 3_600_000)
const earlyMs = instantOf(2026, 11, 20, 1_800_000)

const paid = (n: number, atMs: number, amountFen: number, by: string): RowDraft[] => [
  {
    kind: 'payment',
    atMs,
    laneId: 'exit',
    stayId: `s${n}`,
    orderId: `o${n}`,
    amountFen,
    body: { paymentId: `p${n}`, means: 'cash', by, reason: '=1+1' },
  },
]

const refunded = (n: number, means: string | null): RowDraft[] => {
  const refundId = `r${n}`
  const refund: RowDraft = {
    kind: 'refund',
    atMs: noonMs,
    stayId: 's1',
    deductionId: 'd1',
    amountFen: 100 + n,
    body: { refundId, outTradeNo: `x${n}`, reason: 'late', operator: '张三', approvedBy: null },
  }
  if (means === 'pending') return [refund]
  const by = means === null ? {} : { means: means as 'cash' | 'issuer', by: '张三' }
  const done: RowDraft = {
    kind: 'refundState',
    atMs: noonMs,
    stayId: 's1',
    body: { refundId, state: 'success', ...by },
  }
  return [refund, done]
}

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: noonMs })
  const lot = bareLot({
    capacity: 10,
    platform: {
      url: 'https://127.0.0.1:1',
      caFile: 'ca.pem',
      certDir: join(dir, 'k'),
      appId: 'T1',
    },
  })
  writeLot(dir, lot, null)
  const chainKey = chainKeyOf(dir, systemRandom())
  const options = { dir, nodeId: 'n1', chainKey, crypto: openGmCrypto(), version: 'test' }
  const { ledger } = openLedger({ ...options, durability: 'full' })
  ledger.append(paid(1, noonMs - dayMs, 500, '张三'))
  ledger.append(paid(2, earlyMs, 500, '李四'))
  ledger.append(paid(3, noonMs - 1, 1_200, '张三'))
  // One refund by the platform, one by the issuer, two in cash by people; one pending.
  for (const [n, means] of [null, 'issuer', 'cash', 'cash', 'pending'].entries())
    ledger.append(refunded(n, means))
  ledger.close()
})
afterAll(() => {
  vi.useRealTimers()
})

async function said(args: readonly string[]): Promise<Record<string, unknown>> {
  const { json } = await runCommand(ledgerCommand, args)
  return json
}
const run = (...args: string[]): Promise<Record<string, unknown>> =>
  said(['query', '--data', dir, '--kind', 'payment', ...args])
const ids = async (...args: string[]): Promise<unknown[]> => {
  const { rows } = (await run(...args)) as { rows: { paymentId: string }[] }
  return rows.map(({ paymentId }) => paymentId)
}

describe('ledger query', () => {
  it.each([
    [[], ['p1', 'p2', 'p3']],
    [['--newest'], ['p3', 'p2', 'p1']],
    [['--today'], ['p2', 'p3']],
    [['--today', '--by', '张三'], ['p3']],
    [['--today', '--amount-fen', '500'], ['p2']],
    [['--plate-part', '88'], []],
    [['--newest', '--limit', '1'], ['p3']],
  ] as [string[], string[]][])('%j', async (args, wanted) => {
    expect(await ids(...args)).toEqual(wanted)
  })

  it.each([
    [['--today', '--from', '2026-11-01'], 'ARG-01'],
    [['--by', '张三'], 'API-01'],
    [['--amount-fen', '-1'], 'ARG-01'],
    [['--amount-fen', '5.00'], 'ARG-01'],
    [['--format', 'csv'], 'ARG-01'],
    [['--file', 'x.csv'], 'ARG-01'],
    [['--format', 'pdf', '--file', 'x.pdf'], 'ARG-01'],
  ])('%j is refused', async (args, code) => {
    await expect(run(...args)).rejects.toMatchObject({ code })
  })

  it.each([
    ['etc', ['r0', 'r1']],
    ['cash', ['r2', 'r3']],
    ['transfer', []],
  ])('finds refunds that went back by %s, as rows and as a table', async (means, wanted) => {
    const asked = ['query', '--data', dir, '--kind', 'refund', '--means', means]
    const { rows } = await said(asked)
    expect((rows as { refundId: string }[]).map(({ refundId }) => refundId)).toEqual(wanted)
    const file = join(dir, `back-${means}.csv`)
    const table = await said([...asked, '--format', 'csv', '--file', file])
    expect(table).toEqual({ ok: true, file, rows: wanted.length, cut: false })
    const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n')
    expect(lines.map((line) => line.split(',', 1)[0])).toEqual(wanted)
  })

  it('writes what it found as a table, in yuan, and never over a file', async () => {
    const file = join(dir, 'today.csv')
    const table = ['--today', '--newest', '--format', 'csv', '--file', file]
    expect(await run(...table)).toEqual({ ok: true, file, rows: 2, cut: false })
    const [head = '', first = '', second = ''] = readFileSync(file, 'utf8').split('\r\n')
    expect(head).toContain('amountYuan')
    expect(first).toContain('12.00')
    // Text that a person typed never becomes a formula in a spreadsheet.
    expect(second).toContain("5.00,cash,,,李四,'=1+1")
    await expect(run(...table)).rejects.toMatchObject({ code: 'FILE-03' })
  })

  it('writes a workbook, also where nothing was found', async () => {
    const file = join(dir, 'none.xlsx')
    const made = await run('--plate-part', '88', '--format', 'xlsx', '--file', file)
    expect(made).toEqual({ ok: true, file, rows: 0, cut: false })
    expect(existsSync(file) && readFileSync(file).subarray(0, 2).toString()).toBe('PK')
  })
})
