// A lot whose platform was changed while a charge had no answer. The previous platform may have booked it, so the new one
// is neither queried nor charged, and a person decides. A platform with a new address or renewed keys is the same one.
import { expect, it } from 'vitest'
import { findingRows, openCharges } from '#lane/pure/etc/open-charges.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PlatformAccount } from '#base/pure/values/platform-account.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { lotOn, nobody, silence, type Lot } from './lot-on.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

const first: PlatformAccount = { appId: 'A1', url: 'https://a.example:1', keys: ['k1'] }
const lotAt = (
  account: PlatformAccount | undefined,
  rows: readonly LedgerRow[] = [],
  offline: 'settle-later' | 'other-payment' = 'settle-later',
): Lot =>
  lotOn(rows, { offline }, nobody, startMs, false, {
    ...(account === undefined ? {} : { accounts: { platform: account } }),
  })

/** Rows of a lot that sent a charge to `account` and got no answer. */
function unansweredAt(
  account: PlatformAccount | undefined,
  paysCash = false,
): readonly LedgerRow[] {
  const lot = lotAt(account, [], paysCash ? 'other-payment' : 'settle-later')
  const enteredAtMs = lot.runtime.nowMs() - 70 * 60_000
  lot.runtime.append([cameIn('n1-S1', enteredAtMs)])
  const row = { kind: 'signIn', atMs: lot.runtime.nowMs(), laneId: 'exit' } as const
  const until = { psamNo: '370100000001', validUntilMs: startMs + 86_400_000, status: 1 }
  lot.runtime.append([{ ...row, body: until }])
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  while (lot.asked.length > 0) lot.answer(silence)
  expect(lot.runtime.lot.unsettled.size).toBe(1)
  const act = { by: 'anna', role: 'attendant', reason: 'no answer', commandId: 'c1' } as const
  if (paysCash) lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
  return lot.ledger.list
}

/** Charge requests sent within ten minutes to a platform that has no charges and accepts each posted one. */
function sentIn(lot: Lot): string[] {
  const sent: string[] = []
  for (let n = 0; n < 10; n++) {
    for (let next = lot.asked[0]; next !== undefined; next = lot.asked[0]) {
      const isQuery = next.word.startsWith('query ')
      sent.push(lot.answer(isQuery ? { kind: 'notFound' } : { kind: 'confirmed', tradeNo: 'T1' }))
    }
    lot.clock.advance(60_000)
  }
  return sent.filter((word) => word.includes(' charge '))
}
const held = ({ runtime }: Lot) =>
  [...runtime.queue.aside.values()].map(({ op, state, lastNote }) => [op, state, lastNote])

it.each([
  ['another account', { ...first, appId: 'B1' }],
  ['another address and other keys', { ...first, url: 'https://b.example:1', keys: ['k2'] }],
  ['another address, where no keys are', { ...first, url: 'https://b.example:1', keys: [] }],
])('%s: a charge without an answer is held, and never sent there', (_what, account) => {
  const lot = lotAt(account, unansweredAt(first))
  expect(sentIn(lot)).toEqual([])
  expect(held(lot)).toEqual([['charge', 'held', 'otherPlatform A1 https://a.example:1']])
  expect(lot.runtime.lot.unsettled.size).toBe(1)
  // A sign-in granted by one platform is not valid at another.
  expect([lot.runtime.lot.signInUntilMs, lot.runtime.lot.signIns.size]).toEqual([null, 0])
  lot.runtime.stop()
  // It stays held after another restart, and nothing is sent.
  const again = lotAt(account, lot.ledger.list)
  expect([sentIn(again), held(again).length]).toEqual([[], 1])
})

it.each([
  ['the same', first, first],
  ['one that moved', first, { ...first, url: 'https://b.example:1', keys: ['k0', 'k1'] }],
  ['one that renewed its keys', first, { ...first, keys: ['k2'] }],
  ['rows of before, which name none', undefined, first],
  ['a lot that has none any more', first, undefined],
])('%s: the charge is asked for and posted again', (_what, before, account) => {
  const lot = lotAt(account, unansweredAt(before))
  const sent = sentIn(lot)
  expect(sent[0]).toMatch(/^query charge /)
  expect(sent.at(-1)).toMatch(/^post charge /)
  expect([held(lot), lot.runtime.lot.unsettled.size]).toEqual([[], 0])
})

it('is remembered over a start at which no platform is joined', () => {
  const away = lotAt(undefined, unansweredAt(first))
  away.runtime.stop()
  const lot = lotAt({ ...first, appId: 'B1' }, away.ledger.list)
  expect([sentIn(lot), held(lot).length]).toEqual([[], 1])
})

it.each(['paid', 'notPaid'] as const)(
  'is ended by a person who found it %s, and asked for no more',
  (found) => {
    const lot = lotAt({ ...first, appId: 'B1' }, unansweredAt(first))
    const { runtime } = lot
    const [id = ''] = runtime.lot.unsettled.keys()
    const none = new Set<string>()
    expect(openCharges(runtime.lot, none, none)).toEqual([])
    const [charge] = openCharges(runtime.lot, none, new Set([id]))
    const finding = { charge: present(charge, 'it is open'), found }
    const { rows } = runtime.took(findingRows(runtime.lot, finding, runtime.lateEnv()))
    const written = runtime.append(runtime.frozen(rows))
    expect(written.map(({ kind }) => kind)).toEqual(
      found === 'paid' ? ['outcome', 'payment'] : ['outcome'],
    )
    expect([held(lot), runtime.lot.unsettled.size, runtime.queue.byDeduction.size]).toEqual([
      [],
      0,
      0,
    ])
    runtime.stop()
    const again = lotAt({ ...first, appId: 'B1' }, lot.ledger.list)
    expect([sentIn(again), held(again)]).toEqual([[], []])
  },
)

it('is given back by people where the driver paid otherwise: the platform of now does not have it', () => {
  const { runtime, ledger } = lotAt({ ...first, appId: 'B1' }, unansweredAt(first, true))
  const [id = ''] = runtime.lot.unsettled.keys()
  const [charge] = openCharges(runtime.lot, new Set(), new Set([id]))
  const finding = { charge: present(charge, 'it is open'), found: 'paid' } as const
  const taken = runtime.took(findingRows(runtime.lot, finding, runtime.lateEnv()))
  runtime.append(runtime.frozen(taken.rows))
  const refunds = ledger.list.filter(({ kind }) => kind === 'refund')
  const sent = ledger.list.filter((row) => row.kind === 'outbox' && row.body.op === 'refund')
  expect([refunds.length, sent]).toEqual([1, []])
})
