// A card's record that a quality filter stops: made and held in one transaction, named with filter and clause, at risk
// until it ends, never sent by the queue, also after a restart; only a person's act ends it.
import { expect, it } from 'vitest'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { frozenRows, type OutboxMaker } from '#lane/lot/queue/outbox-rows.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { outboxRowIn } from '#ledger/pure/queue/records.ts'
import { emptyFolded, foldInto } from '#ledger/pure/fold/folded.ts'
import { pump } from '#ledger/pure/queue/queue.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { lotFile } from './lot-kit.ts'
import { liaoningObu } from '../pure/good-card.ts'

const atMs = instantOf(2026, 11, 20, 14 * 3_600_000)
const proof = {
  tac: '1A2B3C4D',
  cardSerial: 7,
  psamTerminal: '000000000001',
  psamSerial: 9,
  timeBcd: '20261120140000',
  transType: '09',
  balanceAfterFen: 89_500,
}

function rowsOf(isListed: boolean): readonly RowDraft[] {
  const dialect = dialectOf({ provinceCode: '2101' })
  const { filters, networks } = dialect.rules
  const maker: OutboxMaker = {
    config: lotFile(),
    dialect,
    dialectAt: () => dialect,
    crypto: standInCrypto,
    listVersion: '1',
    hasDestination: true,
    orderOf: () => undefined,
    mint: (letter) => `${letter}1`,
    policy: { filters, networks, isListed: () => isListed, chargedMs: () => null },
  }
  const facts = {
    deductionId: 'O1.1',
    stayId: 'S1',
    orderId: 'O1',
    laneId: 'exit',
    businessNo: 'P1',
    outTradeNo: 'P1',
    plate: '测A12345',
    colour: 'blue',
    enteredAtMs: atMs - 7_200_000,
    atMs,
    amountFen: 500,
    obu: liaoningObu,
    proof,
    offline: false,
  } as const
  return frozenRows(maker, { kind: 'freeze', atMs, outboxId: 'U1', op: 'exitUpload', facts })
}

function folded(drafts: readonly RowDraft[], startMonoMs: number | null) {
  const rows = drafts.map((draft, i) => ({ seq: i + 1, ...draft }) as LedgerRow)
  const state = emptyFolded(outboxRowIn((seq) => rows.slice(seq)))
  for (const row of rows) foldInto(state, row, startMonoMs)
  return state
}

it.each([
  ['now', null],
  ['behind a restart', 0],
] as const)('is held %s', (_when, startMonoMs) => {
  const drafts = rowsOf(true)
  expect(drafts.map(({ kind }) => kind)).toEqual(['outbox', 'outboxState'])
  const { queue, lot } = folded(drafts, startMonoMs)
  expect(queue.aside.get('U1')).toMatchObject({ state: 'held', op: 'exitUpload', amountFen: 500 })
  expect(noteWhy(queue.aside.get('U1')?.lastNote ?? '')).toEqual({
    zh: '未上传:卡或标签在状态名单上 (A.2.3 a 3)',
    en: 'not uploaded: the card or its tag is on the status list (A.2.3 a 3)',
  })
  expect(exposureFen(queue, lot)).toBe(500)
  expect(pump(queue, { monoMs: 10_000_000, nowMs: atMs, mayRepost: () => true })).toEqual([])
})

it('goes up where nothing stops it', () => {
  const { queue } = folded(rowsOf(false), null)
  expect([queue.aside.size, queue.records.has('U1')]).toEqual([0, true])
  const sent = pump(queue, { monoMs: 10_000_000, nowMs: atMs, mayRepost: () => true })
  expect(sent).toMatchObject([{ do: 'send', outboxId: 'U1', op: 'post' }])
})
