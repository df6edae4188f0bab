// A stopped lot for commands: its file, its tariff, and a ledger of some cars and acts at fixed times. Its keys are
// generated, so hashes vary: the answers of commands are pinned by members and types.
import { mkdirSync, writeFileSync } from 'node:fs'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { lotOf, writeLot } from '#lane/folder/lot-file.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { carRows, startMs as kitStartMs } from '../firmware-runtime/ledger/sqlite/ledger-kit.ts'

/** The day of the cars, before any day on which the test runs. */
export const lotDayMs = instantOfIso('2025-03-03T08:00:00+08:00')
const startMs = lotDayMs
/** Rows of the kit, moved to that day. */
const moved = <T>(value: T): T => {
  if (typeof value === 'number')
    return (value > 1e12 ? value - kitStartMs + lotDayMs : value) as unknown as T
  if (Array.isArray(value)) return value.map(moved) as unknown as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, moved(one)])) as T
}

const audit: RowDraft = {
  kind: 'audit',
  atMs: startMs,
  body: {
    act: 'lane.open',
    by: '测试员',
    role: 'attendant',
    reason: 'x',
    commandId: 'act-one1',
    result: 'ok',
  },
}
const refund: readonly RowDraft[] = [
  {
    kind: 'refund',
    atMs: startMs,
    stayId: 's0',
    deductionId: 'd0',
    amountFen: 100,
    body: { refundId: 'r1', outTradeNo: 'x0', reason: 'late', operator: '张三', approvedBy: null },
  },
  {
    kind: 'refundState',
    atMs: startMs,
    stayId: 's0',
    body: { refundId: 'r1', state: 'success', means: 'cash', by: '张三' },
  },
]
const outbox: RowDraft = {
  kind: 'outbox',
  atMs: startMs,
  stayId: 's0',
  deductionId: 'd0',
  amountFen: 500,
  body: {
    outboxId: 'u1',
    destination: 'platform',
    op: 'charge',
    businessNo: 'x0',
    body: '{}',
    bodySm3: '00',
  },
}
const boot: RowDraft = {
  kind: 'boot',
  atMs: startMs - 1,
  body: { version: 'test', repair: 'A', mode: 'demo', chargeMode: 'card', lotId: 'GX00012' },
}

/** Makes the folder. */
export function commandLot(dir: string): void {
  mkdirSync(dir, { recursive: true })
  const links = new Map([['exit', 'tcp://127.0.0.1:60001?variant=generic-ver']])
  const lot = lotOf({
    mode: 'demo',
    charge: 'card',
    offline: 'other-payment',
    layout: '7.1.1',
    rsu: links,
    camera: new Map([['exit', 'push:hikvision']]),
    barrier: new Map(),
    capacity: 10,
    platform: 'later',
  })
  writeLot(dir, lot, null)
  const chainKey = chainKeyOf(dir, systemRandom())
  const options = { dir, nodeId: 'n1', chainKey, crypto: openGmCrypto(), version: 'test' }
  const { ledger } = openLedger({ ...options, durability: 'full' })
  ledger.append([boot])
  for (let n = 0; n < 6; n++) ledger.append(moved(carRows(n, n % 2 === 0)))
  ledger.append([...refund, outbox, audit])
  ledger.close()
}

/** A trace of a few cars. */
export function smallTrace(file: string): void {
  const rows = ['08:00:00', '08:05:00', '08:40:00'].map(
    (at, i) => `2026-03-02T${at}+08:00,${[20, 17, 19][i]}\n`,
  )
  writeFileSync(file, `timestamp,free\n${rows.join('')}`)
}
