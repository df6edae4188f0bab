// Two acts on one number, for each kind of record and destination: an hour does not send a held record again, only what was
// refused is corrected, a number that is done or on its way is left alone, and what an older version left behind is ended.
import { describe, expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { heldCalls } from '#ledger/desk/handlers/control-held.ts'
import { afterBatch } from '#lane/lot/queue/batch-rows.ts'
import { present } from '#base/pure/values/must.ts'
import { compactOf } from '#base/pure/values/instant.ts'
import { note } from '#base/pure/words/notes.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { BatchKind, LedgerRow, OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../lane/pure/lane-bench.ts'
import { channel } from '../../lane/lot/lot-kit.ts'
import { lotOn, nobody, ok, type Given, type Lot } from '../../lane/lot/lot-on.ts'
import { refusedField } from '../../../kit/refusals.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'

const both: Partial<LotConfig> = {
  platform: channel,
  operator: { ...channel, url: 'https://127.0.0.1:8444', appId: 'OPER1' },
}
const minute = 60_000
type Row = Extract<LedgerRow, { kind: 'outbox' }>

function passes(lot: Lot, ms: number, answerOf: (word: string, at: string) => QueueVerdict): void {
  for (let left = ms; left > 0; left -= minute) {
    lot.clock.advance(minute)
    for (const [at, list] of [
      ['platform', lot.asked],
      ['operator', lot.toOperator],
    ] as const)
      for (let next = list.shift(); next !== undefined; next = list.shift())
        next.answer(answerOf(next.word, at))
  }
}

/** A car comes and goes; one record of it is refused by its destination for this member. */
function heldAt(destination: string, op: OutboxKind, field: string) {
  const verdict: QueueVerdict = {
    kind: 'held',
    reason:
      field === '' ? '200005 characters' : note('memberRefused', '200005', 'characters', field),
  }
  const lot = lotOn([], both)
  const refuses = { now: true }
  const answerOf = (word: string, at: string): QueueVerdict =>
    refuses.now && at === destination && word.startsWith(`post ${op} `) ? verdict : ok
  for (const event of [
    { type: 'barrierUp' },
    ...nobody,
    loop('arrive', 'on'),
    plateEvent(plate),
    loop('under', 'on'),
    loop('arrive', 'off'),
    loop('under', 'off'),
  ] as Given)
    lot.runtime.dispatch('entry', event)
  lot.runtime.dispatch('entry', { type: 'passed', passId: lot.opens.at(-1) ?? '' })
  passes(lot, 30 * minute, answerOf)
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  lot.answer(ok)
  lot.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
  lot.give({ type: 'passed', passId: lot.opens.at(-1) ?? '' })
  passes(lot, 2 * minute, answerOf)
  const handlers = heldCalls({ ...lot, acts: new ControlActs(lot.runtime, lot.clock) })
  let n = 0
  const who = () => ({ by: '甲', reason: '平台要求', commandId: `held-command-${++n}` })
  const page = {
    list: () => handlers['queue.held']({}).rows,
    mend: (outboxId: string, members: Record<string, string | number | null>) =>
      handlers['queue.mend']({ outboxId, members, ...who() }, 'owner'),
    release: (outboxId: string) => handlers['queue.release']({ outboxId, ...who() }, 'owner'),
    end: (outboxId: string) => handlers['queue.end']({ outboxId, ...who() }, 'owner'),
  }
  const rows = (): readonly Row[] =>
    lot.ledger.list.filter(
      (row): row is Row =>
        row.kind === 'outbox' && row.body.op === op && row.body.destination === destination,
    )
  return { lot, page, rows, refuses, answerOf, first: present(rows()[0], 'it was made') }
}

/** What the destination's answer to the hour of this record makes, where it misses it. */
function hourOf({ lot, first }: ReturnType<typeof heldAt>, kind: BatchKind) {
  const batch = { kind, fromMs: 0, revision: 1, seqs: [first.seq] } as const
  const hour = { ...first, body: { ...first.body, batch } }
  return afterBatch(lot.runtime, hour, { count: 0, missing: [first.body.businessNo] }, 0)
}

/** As an older version left it: the held record under another id, held as well. */
function withTwin(of: ReturnType<typeof heldAt>): string {
  const { lot, first } = of
  const { seq: _s, nodeId: _n, hash: _h, prevHash: _p, ...draft } = first
  const outboxId = lot.runtime.mint('U')
  const { counted: _c, ...body } = first.body
  lot.runtime.carryOut([{ ...draft, body: { ...body, outboxId, resends: first.body.outboxId } }])
  passes(lot, 2 * minute, of.answerOf)
  return outboxId
}

const shownOf = ({ page, first }: ReturnType<typeof heldAt>) =>
  page.list().filter(({ businessNo }) => businessNo === first.body.businessNo)

const records = [
  ['operator', 'exitRecord', 'exit', 'deviceId', 'GX-0001'],
  ['operator', 'entryRecord', 'entry', 'laneNo', 'L-01'],
  ['operator', 'plateRecord', 'entry-plate', 'vehiclePlate', '测B00001'],
  ['platform', 'plateRecord', 'exit-plate', 'laneNo', 'L-02'],
] as const

describe.each(records)('%s %s', (destination, op, kind, member, value) => {
  const make = (field = `/${member}`) => heldAt(destination, op, field)
  const own = (of: ReturnType<typeof heldAt>) =>
    present(
      of.page.list().find(({ outboxId }) => outboxId === of.first.body.outboxId),
      'held',
    )

  it('that is held waits for its person alone: its hour waits for it and makes no other', () => {
    const of = make()
    const hour = hourOf(of, kind)
    expect(hour.rows).toEqual([])
    expect(hour.differs?.waits?.outboxIds).toEqual([of.first.body.outboxId])
    of.page.mend(of.first.body.outboxId, { [member]: value })
    expect(hourOf(of, kind).rows).toEqual([])
    of.refuses.now = false
    passes(of.lot, 5 * minute, of.answerOf)
    // Confirmed, and missed: that one is sent again, as it was corrected.
    const [again] = hourOf(of, kind).rows
    expect(again?.kind === 'outbox' && JSON.parse(again.body.body)).toMatchObject({
      [member]: value,
    })
  })

  it.each([member, `data.${member}`, `/records/0/${member}`, member.toUpperCase()])(
    'is corrected in the member that was refused (%s), and in no other',
    (field) => {
      const of = make(field)
      const { members, named } = own(of)
      expect(named).toBe(member)
      expect(members.filter(({ takes }) => takes !== null).map(({ name }) => name)).toEqual([
        member,
      ])
      const { outboxId } = of.first.body
      for (const other of ['vehiclePlate', 'vehicleColor', 'laneNo'].filter(
        (one) => one !== member,
      )) {
        const changes = { [other]: other === 'vehicleColor' ? 3 : '测C00009' }
        expect(refusedField(() => of.page.mend(outboxId, changes))).toEqual([
          'QUEUE-03',
          `/${other}`,
        ])
        expect(refusedField(() => of.page.mend(outboxId, { [member]: value, ...changes }))).toEqual(
          ['QUEUE-03', `/${other}`],
        )
      }
      expect(of.rows().some(({ body }) => body.replaces !== undefined)).toBe(false)
    },
  )

  it('whose refusal names no member is corrected as its dialect allows', () => {
    const of = make('')
    expect(refusedField(() => of.page.mend(of.first.body.outboxId, { [member]: value }))).toBeNull()
  })

  it('and its twin are one number: one act at a time, and the rest is ended', () => {
    const of = make()
    const twin = withTwin(of)
    const { outboxId } = of.first.body
    expect(shownOf(of)).toHaveLength(2)
    expect(refusedField(() => of.page.end(twin))).toEqual(['QUEUE-06', '/outboxId'])
    of.page.mend(outboxId, { [member]: value })
    expect(refusedField(() => of.page.mend(twin, { [member]: `${value}9` }))).toEqual([
      'QUEUE-05',
      '/outboxId',
    ])
    expect(refusedField(() => of.page.release(twin))).toEqual(['QUEUE-05', '/outboxId'])
    of.refuses.now = false
    passes(of.lot, 5 * minute, of.answerOf)
    expect(refusedField(() => of.page.mend(twin, { [member]: `${value}9` }))).toEqual([
      'QUEUE-05',
      '/outboxId',
    ])
    const shown = present(
      of.page.list().find((one) => one.outboxId === twin),
      'held',
    )
    expect([shown.mayMend, shown.mayRelease, shown.mayEnd]).toEqual([false, false, true])
    expect(refusedField(() => of.page.end(twin))).toBeNull()
    expect(shownOf(of)).toEqual([])
    const acts = of.lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body.act] : []))
    expect(acts.at(-1)).toBe(`queue.end ${twin}`)
    // Behind a restart it is not sent, and its state is the same.
    const again = lotOn(of.lot.ledger.list, both, nobody, of.lot.runtime.nowMs())
    expect([again.runtime.queue.records.has(twin), again.runtime.queue.aside.has(twin)]).toEqual([
      false,
      false,
    ])
  })

  it('is not ended while nothing else of its number was accepted', () => {
    const of = make()
    expect(own(of).mayEnd).toBe(false)
    expect(refusedField(() => of.page.end(of.first.body.outboxId))).toEqual([
      'QUEUE-06',
      '/outboxId',
    ])
    expect(refusedField(() => of.page.end('U-none'))).toEqual(['QUEUE-01', '/outboxId'])
  })
})

it.each(['corrected', 'released', 'ended'])('its hour is compared again when it is %s', (how) => {
  const of = heldAt('operator', 'plateRecord', '/laneNo')
  const { businessNo, outboxId } = of.first.body
  const hour = compactOf(of.first.body.counted?.atMs ?? 0).slice(0, 10)
  const answerOf = (word: string, at: string): QueueVerdict => {
    const isHour = at === 'operator' && word.startsWith('post batch entry-plate')
    if (!isHour) return of.answerOf(word, at)
    const isIn = of.lot.ledger.list.some(
      (row) =>
        row.kind === 'outboxState' &&
        row.body.state === 'confirmed' &&
        ids().has(row.body.outboxId),
    )
    // The hour of the record; those behind it are empty.
    const isOwn = word.includes(hour)
    const batch =
      isIn || !isOwn ? { count: isOwn ? 1 : 0, missing: [] } : { count: 0, missing: [businessNo] }
    return { kind: 'confirmed', tradeNo: null, batch }
  }
  const ids = () =>
    new Set(
      of
        .rows()
        .filter(({ body }) => body.businessNo === businessNo)
        .map(({ body }) => body.outboxId),
    )
  const revisions = () =>
    of.lot.ledger.list.filter(
      (row) =>
        row.kind === 'outbox' &&
        row.body.batch?.kind === 'entry-plate' &&
        row.body.batch.seqs.length === 1,
    ).length
  const twin = how === 'ended' ? withTwin(of) : ''
  passes(of.lot, 75 * minute, answerOf)
  expect(revisions()).toBe(1)
  passes(of.lot, 30 * minute, answerOf)
  expect([revisions(), ids().size]).toEqual([1, how === 'ended' ? 2 : 1])
  if (how === 'released') void of.page.release(outboxId)
  else of.page.mend(outboxId, { laneNo: 'L-01' })
  of.refuses.now = false
  passes(of.lot, 5 * minute, answerOf)
  if (how === 'ended') void of.page.end(twin)
  passes(of.lot, 5 * minute, answerOf)
  expect(revisions()).toBe(2)
})

describe('a plate that is corrected at one platform', () => {
  it.each([
    ['operator', 'plateRecord', 'vehiclePlate', '测B00001', ['platform']],
    ['operator', 'entryRecord', 'vehicleColor', 3, ['platform']],
    ['operator', 'exitRecord', 'vehiclePlate', '测B00002', ['platform']],
    ['platform', 'plateRecord', 'vehiclePlate', '测B00003', ['operator']],
    ['operator', 'exitRecord', 'deviceId', 'GX-0001', []],
  ] as const)(
    '%s %s %s: the others are named, on the page and in the books',
    (destination, op, member, value, others) => {
      const { page, first, lot } = heldAt(destination, op, `/${member}`)
      expect(
        page.list().find(({ outboxId }) => outboxId === first.body.outboxId)?.plateAlsoAt,
      ).toEqual(others)
      page.mend(first.body.outboxId, { [member]: value })
      const items = lot.ledger.list.flatMap((row) =>
        row.kind === 'book' && row.body.row === 'item' && row.body.kind === 'platesDiffer'
          ? [row.body.ref]
          : [],
      )
      expect(items).toHaveLength(others.length)
      for (const ref of items) expect(ref).toContain(`→ ${value}`)
    },
  )
})

it('the checker finds a record that was ended although nothing of its number was accepted', () => {
  const of = heldAt('operator', 'plateRecord', '/laneNo')
  const twin = withTwin(of)
  of.page.mend(of.first.body.outboxId, { laneNo: 'L-09' })
  of.refuses.now = false
  passes(of.lot, 5 * minute, of.answerOf)
  void of.page.end(twin)
  const found = (rows: readonly LedgerRow[]) =>
    violationsOf(rows).filter(({ detail }) => detail.includes('nothing did it'))
  expect(found(of.lot.ledger.list)).toEqual([])
  const changed = of.lot.ledger.list.map((row) =>
    row.kind === 'outboxState' && row.body.outboxId === twin && row.body.state === 'replaced'
      ? { ...row, body: { ...row.body, note: 'numberDone U-none' } }
      : row,
  )
  expect(found(changed)).toHaveLength(1)
})
