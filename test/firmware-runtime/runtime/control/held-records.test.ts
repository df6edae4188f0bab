// A card's record whose form the platform refuses: shown with the members that may be mended, mended once, sent under its
// number and counted once; the same after a restart, a crash between any two transactions, and from a stored fold. The
// lot's own runtime.
import { describe, expect, it } from 'vitest'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { heldCalls } from '#ledger/desk/handlers/control-held.ts'
import { afterBatch } from '#lane/lot/queue/batch-rows.ts'
import { queueStatus } from '#base/desk/handlers/board.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { note } from '#base/pure/words/notes.ts'
import { present } from '#base/pure/values/must.ts'
import { foldAll, stateText, throughCopy } from '../../ledger/pure/fold/fold-kit.ts'
import { FirstCarLot, Platform } from './first-car-bench.ts'
import { charged, stayId } from './stay-refunds-kit.ts'
import { refusedField } from '../../../kit/refusals.ts'

const wanted = 'GX-0001'

/** Accepts a card's record only if its device has the name that it expects. */
class Strict extends Platform {
  readonly posts: string[] = []
  readonly taken = new Map<string, string>()

  override take(op: string, kind: string, no: string, body: string): QueueVerdict {
    if (kind !== 'exitUpload') return super.take(op, kind, no, body)
    if (op === 'query')
      return this.taken.has(no) ? { kind: 'confirmed', tradeNo: 'T1' } : { kind: 'notFound' }
    this.posts.push(body)
    if ((JSON.parse(body) as { deviceId: string }).deviceId !== wanted)
      return { kind: 'held', reason: note('memberRefused', '200005', 'characters', '/deviceId') }
    this.taken.set(no, body)
    return { kind: 'confirmed', tradeNo: 'T1' }
  }
}

function actsOf(lot: FirstCarLot) {
  const handlers = heldCalls({ ...lot, acts: new ControlActs(lot.runtime, lot.clock) })
  const who = (n: number) => ({ by: '甲', reason: '平台要求', commandId: `mend-${n}-command` })
  return {
    list: () => handlers['queue.held']({}).rows,
    mend: (outboxId: string, members: Members, n = 1, over = {}) =>
      handlers['queue.mend']({ outboxId, members, ...who(n), ...over }, 'support'),
    release: (outboxId: string, n = 1) =>
      handlers['queue.release']({ outboxId, ...who(n) }, 'support'),
  }
}
type Handlers = ReturnType<typeof heldCalls>
type Members = Parameters<Handlers['queue.mend']>[0]['members']

const exposure = ({ runtime }: FirstCarLot) => exposureFen(runtime.queue, runtime.lot)
function judged(lot: FirstCarLot, rows: readonly LedgerRow[] = lot.ledger.list) {
  const live = { exposureFen: exposure(lot), healed: false }
  return violationsOf(rows, {}, live).map(({ id, detail }) => `${id} ${detail}`)
}

function heldLot() {
  const platform = new Strict()
  const lot = charged('card', platform)
  const fen = lot.rows('outbox')[0]?.amountFen ?? 0
  const first = present(lot.rows('outbox')[0], 'the record was made').body
  return { platform, lot, fen, first, page: actsOf(lot) }
}

it('is shown with its reason, the member that is named, and what may be mended by which clause', () => {
  const { lot, page, first, fen } = heldLot()
  const [one] = page.list()
  expect(one).toMatchObject({
    outboxId: first.outboxId,
    op: 'exitUpload',
    stayId,
    amountFen: fen,
    why: 'memberRefused 200005 characters /deviceId',
    named: 'deviceId',
    mayMend: true,
    mayRelease: true,
  })
  const member = (name: string) => one?.members.find((two) => two.name === name)
  expect(member('deviceId')).toMatchObject({ takes: { kind: 'text', max: 60 }, sealed: null })
  expect(member('tac')).toMatchObject({ takes: null, sealed: 'tac', clause: 'P12' })
  expect(member('realFee')).toMatchObject({ value: fen, takes: null, sealed: 'tac' })
  expect([exposure(lot), judged(lot)]).toEqual([fen, []])
})

it('mended goes up once under its number; the first one stays as it was', () => {
  const { lot, page, first, fen, platform } = heldLot()
  const made = page.mend(first.outboxId, { deviceId: wanted })
  expect([exposure(lot), judged(lot)]).toEqual([fen, []])
  expect(page.mend(first.outboxId, { deviceId: wanted })).toEqual({
    ok: true,
    repeated: true,
    outboxId: null,
  })
  lot.later()
  const [before, after, ...more] = lot.rows('outbox').filter(({ body }) => body.op === 'exitUpload')
  expect(more).toEqual([])
  expect(before?.body).toEqual(first)
  expect(after?.body).toMatchObject({
    outboxId: made.outboxId,
    replaces: first.outboxId,
    businessNo: first.businessNo,
    cardNo: first.cardNo,
  })
  const body = present(after, 'it was made').body
  expect(body.bodySm3).toBe(
    hexOf(standInCrypto.sm3(new TextEncoder().encode(body.body))).toLowerCase(),
  )
  expect(JSON.parse(body.body)).toEqual({ ...(JSON.parse(first.body) as object), deviceId: wanted })
  expect(platform.posts).toEqual([first.body, body.body])
  expect([...platform.taken]).toEqual([[first.businessNo, body.body]])
  expect(queueStatus(lot.runtime, lot.runtime.nowMs())).toMatchObject({ unsent: 0, poison: 0 })
  expect([exposure(lot), page.list(), judged(lot)]).toEqual([0, [], []])
  expect(lot.rows('audit').at(-1)?.body).toMatchObject({
    act: `queue.mend ${first.outboxId}`,
    by: '甲',
    role: 'support',
    reason: '平台要求',
    mended: {
      outboxId: first.outboxId,
      by: made.outboxId,
      members: [{ member: 'deviceId', from: 'L-exit', to: wanted }].map((one) => ({
        ...one,
        from: (JSON.parse(first.body) as { deviceId: string }).deviceId,
      })),
    },
  })
})

it('refused again it is held again, and mended once more', () => {
  const { lot, page, first, platform } = heldLot()
  const one = page.mend(first.outboxId, { deviceId: 'GX-0000' })
  lot.clock.advance(1000)
  expect(page.list().map(({ outboxId }) => outboxId)).toEqual([one.outboxId])
  expect(refusedField(() => page.mend(first.outboxId, { deviceId: wanted }, 2))).toEqual([
    'QUEUE-01',
    '/outboxId',
  ])
  page.mend(one.outboxId ?? '', { deviceId: wanted }, 3)
  lot.later()
  expect([platform.taken.size, exposure(lot), judged(lot)]).toEqual([1, 0, []])
})

it.each([
  [{ realFee: 1 }, 'QUEUE-03', '/realFee'],
  [{ deviceId: wanted, tac: 'FFFFFFFF' }, 'QUEUE-03', '/tac'],
  [{ nobody: 'x' }, 'QUEUE-04', '/nobody'],
  [{}, 'QUEUE-04', '/'],
  [{ serviceType: 'two' }, 'UPLOAD-01', '/serviceType'],
  [{ deviceId: '' }, 'UPLOAD-01', '/deviceId'],
  [{ deviceId: 'GX😀' }, 'UPLOAD-02', ''],
])('%j changes nothing: %s', (members, code, field) => {
  const { lot, page, first } = heldLot()
  const rows = lot.ledger.list.length
  expect(refusedField(() => page.mend(first.outboxId, members as Members))).toEqual([code, field])
  expect([lot.ledger.list.length, page.list().length]).toEqual([rows, 1])
})

it('a charge and an id that is nobody are not mended', () => {
  const platform = new Platform()
  platform.chargeVerdict = { kind: 'held', reason: '200001 type' }
  const lot = charged('online', platform)
  const page = actsOf(lot)
  const { outboxId } = present(lot.rows('outbox')[0], 'the charge was made').body
  expect(page.list()).toMatchObject([{ outboxId, mayMend: false, mayRelease: false }])
  const member = { deviceId: wanted }
  expect(refusedField(() => page.mend(outboxId, member))).toEqual(['QUEUE-02', '/outboxId'])
  expect(refusedField(() => page.release(outboxId))).toEqual(['QUEUE-02', '/outboxId'])
  expect(refusedField(() => page.mend('U-none', member))).toEqual(['QUEUE-01', '/outboxId'])
})

it('sent all the same it goes as it is, with the act in the ledger', () => {
  const { lot, page, first, platform } = heldLot()
  void page.release(first.outboxId)
  expect([page.list(), judged(lot)]).toEqual([[], []])
  lot.later()
  expect(new Set(platform.posts)).toEqual(new Set([first.body]))
  expect(platform.posts.length).toBe(2)
  expect(page.list()).toHaveLength(1)
  expect(lot.rows('audit').at(-1)?.body.act).toBe(`queue.release ${first.outboxId}`)
  expect(lot.rows('outbox').filter(({ body }) => body.op === 'exitUpload')).toHaveLength(1)
})

describe('behind an end of the program', () => {
  it('after any transaction the record is held, or mended and sent once', () => {
    const { lot, page, first, fen } = heldLot()
    const heldAt = lot.ledger.list.length
    page.mend(first.outboxId, { deviceId: wanted })
    lot.later()
    const ends = lot.ledger.ends.filter((seq) => seq >= heldAt)
    expect(ends.length).toBeGreaterThan(1)
    for (const end of ends) {
      const platform = new Strict()
      const again = new FirstCarLot('card', lot.ledger.list.slice(0, end), platform)
      const shown = actsOf(again).list()
      const isMended = again.ledger.list
        .slice(0, end)
        .some((row) => row.kind === 'outbox' && row.body.replaces !== undefined)
      expect(shown).toHaveLength(isMended ? 0 : 1)
      expect(judged(again)).toEqual([])
      if (!isMended) actsOf(again).mend(first.outboxId, { deviceId: wanted }, 9)
      again.later()
      const isConfirmed = lot.ledger.list
        .slice(0, end)
        .some((row) => row.kind === 'outboxState' && row.body.state === 'confirmed')
      expect(platform.taken.size).toBe(isConfirmed ? 0 : 1)
      expect(platform.posts).not.toContain(first.body)
      expect([exposure(again), judged(again)]).toEqual([0, []])
    }
    expect(fen).toBeGreaterThan(0)
  })

  it('a kept state goes on as the rows do', () => {
    const { lot, page, first } = heldLot()
    page.mend(first.outboxId, { deviceId: wanted })
    const rows = lot.ledger.list
    for (let cut = 1; cut <= rows.length; cut++) {
      const kept = throughCopy(foldAll(rows.slice(0, cut), 0), 0, rows)
      expect(stateText(kept.queue)).toBe(stateText(foldAll(rows.slice(0, cut), 0).queue))
    }
    const { queue } = foldAll(rows, 0)
    expect([queue.aside.size, queue.records.size]).toEqual([0, 1])
  })
})

describe('the checker of the money', () => {
  const { lot, page, first } = heldLot()
  page.mend(first.outboxId, { deviceId: wanted })
  lot.later()
  const rows = lot.ledger.list
  const changed = (change: (row: LedgerRow) => LedgerRow) => judged(lot, rows.map(change))
  const isMade = (row: LedgerRow): row is Extract<LedgerRow, { kind: 'outbox' }> =>
    row.kind === 'outbox' && row.body.replaces !== undefined

  it('holds', () => expect(judged(lot)).toEqual([]))
  it('finds another amount under the number', () => {
    const found = changed((row) => (isMade(row) ? { ...row, amountFen: 1 } : row))
    expect(found.some((one) => one.startsWith('M3 ') && one.includes('used twice'))).toBe(true)
  })
  it('finds one that takes the place of what did not end', () => {
    const found = changed((row) =>
      row.kind === 'outboxState' && row.body.state === 'replaced'
        ? { ...row, body: { ...row.body, state: 'held' } }
        : row,
    )
    expect(found.some((one) => one.startsWith('M3 ') && one.includes('used twice'))).toBe(true)
  })
  it('finds one that went on although it was replaced', () => {
    const found = changed((row) =>
      row.kind === 'outboxState' && row.body.state === 'confirmed'
        ? { ...row, body: { ...row.body, outboxId: first.outboxId } }
        : row,
    )
    expect(found.some((one) => one.includes('went on although'))).toBe(true)
  })
  it('finds one that ended for nothing', () => {
    const end = rows.findIndex(isMade)
    const found = judged(lot, rows.slice(0, end))
    expect(found.some((one) => one.includes('never made'))).toBe(true)
  })
})

it('what a destination misses of an hour goes again as it was mended', () => {
  const { lot, page, first } = heldLot()
  const madeOf = present(lot.rows('outbox')[0], 'the record was made')
  page.mend(first.outboxId, { deviceId: wanted })
  lot.later()
  const batch = { kind: 'exit', fromMs: 0, revision: 1, seqs: [madeOf.seq] } as const
  const hour = { ...madeOf, body: { ...madeOf.body, batch } }
  const { rows } = afterBatch(lot.runtime, hour, { count: 0, missing: [first.businessNo] }, 0)
  const mended = present(lot.rows('outbox').at(-1), 'it was mended').body
  expect(rows).toMatchObject([{ body: { resends: mended.outboxId, body: mended.body } }])
})
