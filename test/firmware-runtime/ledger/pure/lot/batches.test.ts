// What hourly batches count, row by row: a card-side upload in the hour of its row, once, also when it is sent again. A lot
// that was off for a month closes its hours in parts; a record more than a month late counts in the hour it arrives.
import { beforeEach, expect, it } from 'vitest'
import { dueBatches, emptyBatches, foldBatches, type BatchState } from '#ledger/pure/lot/batches.ts'
import type { ChannelName } from '#base/pure/lot/destination-members.ts'
import type { PlatformAccount } from '#base/pure/values/platform-account.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const startMs = 1_795_156_200_000 - 1_800_000
let seq = 0

const accounts = new Map<ChannelName, PlatformAccount>()
beforeEach(() => accounts.clear())

function take(state: BatchState, ...drafts: readonly RowDraft[]): void {
  for (const draft of drafts) {
    const row = { ...draft, nodeId: 'n1', seq: ++seq, prevHash: '', hash: '' } as LedgerRow
    foldBatches(state, row, accounts)
    if (row.kind === 'boot' && row.body.accounts?.platform !== undefined)
      accounts.set('platform', row.body.accounts.platform)
  }
}
const boot = (atMs: number, ...batchesTo: ('platform' | 'operator')[]): RowDraft => ({
  kind: 'boot',
  atMs,
  body: { repair: 'B', version: '1', mode: 'demo', chargeMode: 'card', batchesTo },
})
const upload = (atMs: number, no: string, more: object = {}): RowDraft => ({
  kind: 'outbox',
  atMs,
  deductionId: `${no}.D1`,
  amountFen: 500,
  body: {
    outboxId: `U${++seq}`,
    destination: 'platform',
    op: 'exitUpload',
    businessNo: no,
    body: '{}',
    bodySm3: '',
    ...more,
  },
})
const plate = (atMs: number, no: string, ofMs: number): RowDraft =>
  upload(atMs, no, {
    destination: 'operator',
    op: 'plateRecord',
    counted: { kind: 'exit-plate', atMs: ofMs },
  })
const due = (state: BatchState, nowMs: number): readonly string[] =>
  dueBatches(state, nowMs).map((one) => {
    const hour = (one.fromMs - startMs) / hourMs
    return `${one.destination} ${one.kind} ${hour} ${one.records.map(({ no }) => no).join(',')}`
  })

it('of the hour of another platform nothing is told to this one, and its records are of no batch', () => {
  const state = emptyBatches()
  const at = (atMs: number, appId: string): RowDraft => {
    const row = boot(atMs, 'platform')
    const platform = { appId, url: 'https://a.example', keys: [] }
    return row.kind === 'boot' ? { ...row, body: { ...row.body, accounts: { platform } } } : row
  }
  take(state, at(startMs, 'A1'), upload(startMs, 'P1'), at(startMs + 1, 'A1'))
  take(state, at(startMs + 2, 'B1'), upload(startMs + 3, 'P2'))
  expect(due(state, startMs + hourMs + 300_000)).toEqual([
    'platform exit 0 P2',
    'platform exit-plate 0 ',
  ])
})

it('a card-side upload counts once, and its second sending nowhere', () => {
  const state = emptyBatches()
  take(state, boot(startMs, 'platform'), upload(startMs, 'P1'))
  take(state, upload(startMs + hourMs, 'P1', { resends: 'U1' }))
  expect(due(state, startMs + 2.2 * hourMs)).toEqual([
    'platform exit 0 P1',
    'platform exit 1 ',
    'platform exit-plate 0 ',
    'platform exit-plate 1 ',
  ])
})

it('a month without a start is closed in parts, each hour once', () => {
  const state = emptyBatches()
  take(state, boot(startMs, 'platform'))
  const monthMs = startMs + 30 * dayMs
  const seen: string[] = []
  for (let parts = 0; parts < 30; parts++) {
    const now = dueBatches(state, monthMs)
    if (now.length === 0) break
    expect(now.length).toBeLessThanOrEqual(96)
    for (const one of now) {
      seen.push(`${one.kind} ${one.fromMs}`)
      const { kind, fromMs, revision } = one
      const batch = { kind, fromMs, revision, seqs: [] }
      take(state, upload(monthMs, `B${seen.length}`, { op: 'batch', batch }))
    }
  }
  expect(new Set(seen).size).toBe(seen.length)
  // The last full hour ended five minutes ago.
  expect(seen).toHaveLength(2 * (30 * 24 - 1))
})

it('a late record makes a revision of its hour, and after a month one of the hour in which it comes', () => {
  const state = emptyBatches()
  take(state, boot(startMs, 'operator'))
  const nowMs = startMs + 40 * dayMs
  for (let parts = 0; parts < 40; parts++)
    for (const { destination, kind, fromMs, revision } of dueBatches(state, nowMs))
      take(
        state,
        upload(nowMs, `B${++seq}`, {
          destination,
          op: 'batch',
          batch: { kind, fromMs, revision, seqs: [] },
        }),
      )
  const yesterday = startMs + 39 * dayMs
  take(state, plate(nowMs, 'N1', yesterday), plate(nowMs, 'N2', startMs))
  expect(dueBatches(state, nowMs)).toMatchObject([
    { kind: 'exit-plate', fromMs: yesterday, revision: 2, records: [{ no: 'N1' }] },
  ])
  expect(due(state, nowMs + 2 * hourMs)).toContain('operator exit-plate 960 N2')
})
