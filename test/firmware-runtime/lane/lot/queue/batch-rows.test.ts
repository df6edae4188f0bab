// Hourly batches on a running lot (P20): each hour once per destination and kind, also an empty one, and after a restart at
// any row. Late records make the next revision; records a destination lacks are sent again under the same number with the
// same bytes.
import { describe, expect, it } from 'vitest'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { BatchAnswer, QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../pure/lane-bench.ts'
import { channel } from '../lot-kit.ts'
import { lotOn, nobody, ok, silence, type Given, type Lot } from '../lot-on.ts'
import { violationsOf } from '../../pure/lot/violations.ts'
import { cameIn } from '../../pure/lot/row-kit.ts'

const minute = 60_000
const platform = channel
const operator = { ...channel, url: 'https://127.0.0.1:8444', appId: 'OPER1' }
const both: Partial<LotConfig> = { platform, operator }

type Row = Extract<LedgerRow, { kind: 'outbox' }>
const outbox = (lot: Lot): readonly Row[] =>
  lot.ledger.list.filter((row): row is Row => row.kind === 'outbox')
const batches = (lot: Lot): readonly Row[] => outbox(lot).filter(({ body }) => body.op === 'batch')
/** Destination, number with revision, and count of records of each batch. */
const told = (lot: Lot): readonly string[] =>
  batches(lot).map(({ body }) => {
    return `${body.destination} ${body.businessNo} ${body.batch?.seqs.length}`
  })
interface Body {
  readonly batchNo: string
  readonly count: number
  readonly totalFee?: number
  readonly numbers: readonly string[]
  readonly digest: string
  readonly revision: number
}
const bodyOf = (lot: Lot, no: string, destination = 'operator'): Body => {
  const found = batches(lot).find(({ body }) => {
    return body.businessNo === no && body.destination === destination
  })
  return JSON.parse(present(found, no).body.body) as Body
}

const each = (lot: Lot, answerOf: (word: string) => QueueVerdict): void => {
  for (const list of [lot.asked, lot.toOperator])
    while (list.length > 0) {
      const next = present(list.shift(), 'a request')
      next.answer(answerOf(next.word))
    }
}
const passes = (lot: Lot, ms: number, answerOf = (_: string): QueueVerdict => ok): void => {
  for (let left = ms; left > 0; left -= minute) {
    lot.clock.advance(Math.min(left, minute))
    each(lot, answerOf)
  }
}
function comesIn(lot: Lot): void {
  const at = (...events: Given): void => {
    for (const event of events) lot.runtime.dispatch('entry', event)
  }
  at({ type: 'barrierUp' }, ...nobody, loop('arrive', 'on'), plateEvent(plate))
  at(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
  at({ type: 'passed', passId: lot.opens.at(-1) ?? '' })
}
function goesOut(lot: Lot, verdict: QueueVerdict = ok): void {
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  for (let i = 0; i < (verdict === ok ? 1 : 3); i++) lot.answer(verdict)
  if (verdict !== ok) {
    const act = { by: 'anna', role: 'attendant', reason: 'silent', commandId: 'c1' }
    lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
  }
  lot.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
  lot.give({ type: 'passed', passId: lot.opens.at(-1) ?? '' })
}

function judge(lot: Lot): void {
  const open = exposureFen(lot.runtime.queue, lot.runtime.lot)
  expect(violationsOf(lot.ledger.list, {}, { exposureFen: open })).toEqual([])
}

/** From 14:30 to 17:06: a car enters at 14:30 and leaves at 15:30. */
function afternoon(): Lot {
  const lot = lotOn([], both)
  comesIn(lot)
  passes(lot, 60 * minute)
  goesOut(lot)
  passes(lot, 96 * minute)
  return lot
}
const firstHour = new Date(startMs + 8 * 3_600_000).getUTCHours()
const day = new Date(startMs + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
const no = (kind: string, nth: number, revision = 1): string =>
  `${kind}GX00012${day}${String(firstHour + nth).padStart(2, '0')}-${revision}`

describe('an hour that is over', () => {
  it('is told once to each destination and in each kind, an empty one too, five minutes behind it', () => {
    const lot = afternoon()
    const expected = [0, 1, 2].flatMap((nth) => [
      `platform ${no('exit', nth)} ${nth === 1 ? 1 : 0}`,
      `platform ${no('exit-plate', nth)} ${nth === 1 ? 1 : 0}`,
      `operator ${no('entry', nth)} ${nth === 0 ? 1 : 0}`,
      `operator ${no('entry-plate', nth)} ${nth === 0 ? 1 : 0}`,
      `operator ${no('exit', nth)} ${nth === 1 ? 1 : 0}`,
      `operator ${no('exit-plate', nth)} ${nth === 1 ? 1 : 0}`,
    ])
    expect(told(lot).slice(0, 18)).toHaveLength(18)
    expect([...told(lot)].toSorted()).toEqual(expected.toSorted())
    const [first] = batches(lot)
    const madeMs = present(first, 'a batch').atMs % 3_600_000
    expect([madeMs >= 5 * minute, madeMs <= 6 * minute]).toEqual([true, true])
    judge(lot)
  })

  it('has count, sum, first and last number, and the digest over its sorted numbers', () => {
    const lot = afternoon()
    const charge = present(
      outbox(lot).find(({ body }) => body.op === 'charge'),
      'a charge',
    )
    const { numbers, ...body } = bodyOf(lot, no('exit', 1))
    expect(numbers).toEqual([charge.body.businessNo])
    expect(body).toMatchObject({
      batchNo: no('exit', 1).replace(/-1$/, ''),
      revision: 1,
      count: 1,
      totalFee: charge.amountFen,
      firstNo: charge.body.businessNo,
      lastNo: charge.body.businessNo,
    })
    const digest = standInCrypto.sm3(new TextEncoder().encode(numbers.join('\n')))
    expect(body.digest).toBe(hexOf(digest))
    expect(bodyOf(lot, no('exit', 2))).toMatchObject({ count: 0, totalFee: 0, numbers: [] })
    expect(bodyOf(lot, no('entry', 0))).not.toHaveProperty('totalFee')
  })

  it('is neither skipped nor told twice after a kill behind any row', () => {
    const whole = afternoon()
    const rows = whole.ledger.list
    const endMs = present(rows.at(-1), 'a row').atMs
    const all = [...told(whole)].map((one) => one.replace(/ \d+$/, '')).toSorted()
    for (let cut = 2; cut < rows.length; cut += 3) {
      const kept = rows.slice(0, cut)
      const lot = lotOn(kept, both, nobody, present(kept.at(-1), 'a row').atMs)
      passes(lot, endMs + 10 * minute - lot.runtime.nowMs())
      const again = [...told(lot)].map((one) => one.replace(/ \d+$/, ''))
      expect(again.toSorted(), `cut behind row ${cut}`).toEqual(all)
    }
  })
})

it('a charge that is settled behind its hour makes the next revision', () => {
  const lot = lotOn([], both)
  comesIn(lot)
  passes(lot, 60 * minute)
  goesOut(lot, silence)
  // The platform is silent for two hours and then reports the charge as paid.
  passes(lot, 120 * minute, (word) => (word.includes(' charge ') ? silence : ok))
  expect(bodyOf(lot, no('exit', 1), 'platform')).toMatchObject({ count: 0 })
  passes(lot, 30 * minute)
  expect(bodyOf(lot, no('exit', 1, 2), 'platform')).toMatchObject({ count: 1, revision: 2 })
  expect(told(lot).filter((one) => one.includes(no('exit', 1, 3)))).toEqual([])
  judge(lot)
})

it('a car that is known late makes the next revision, with the numbers of before', () => {
  const lot = afternoon()
  const first = bodyOf(lot, no('exit-plate', 1))
  const leftAtMs = startMs + 70 * minute
  const stayId = lot.runtime.mint('S')
  const atMs = lot.runtime.nowMs()
  const late = { atMs, laneId: 'exit', plate: '测C00001', noEntry: true }
  lot.runtime.append([cameIn(stayId, startMs, late)])
  lot.runtime.append([
    { kind: 'stayClosed', atMs, laneId: 'exit', stayId, body: { end: 'open', leftAtMs } },
  ])
  passes(lot, 2 * minute)
  const later = bodyOf(lot, no('exit-plate', 1, 2))
  expect(later).toMatchObject({ count: 2, revision: 2, batchNo: first.batchNo })
  expect(later.numbers).toEqual(expect.arrayContaining([...first.numbers]))
  passes(lot, 10 * minute)
  expect(told(lot).filter((one) => one.includes('-3 '))).toEqual([])
})

describe('a destination that misses records', () => {
  const missingOnce = (
    of: string,
    missing: (lot: Lot) => readonly string[],
    count: (missing: number) => number = () => 0,
    /** The answer to the next revision of the hour. */
    again: BatchAnswer = { count: 1, missing: [] },
  ) => {
    const lot = lotOn([], both)
    const answerOf = (word: string): QueueVerdict => {
      const anew = word.includes(` ${of.replace(/1$/, '2')}`)
      if (anew) return { kind: 'confirmed', tradeNo: null, batch: again }
      if (!word.includes(` ${of}`)) return ok
      const lost = missing(lot)
      return {
        kind: 'confirmed',
        tradeNo: null,
        batch: { count: count(lost.length), missing: lost },
      }
    }
    comesIn(lot)
    passes(lot, 60 * minute, answerOf)
    goesOut(lot)
    passes(lot, 96 * minute, answerOf)
    return lot
  }

  it('gets exactly those again, under the old number and with the same bytes', () => {
    const plateNo = (lot: Lot) =>
      present(
        outbox(lot).find(({ body }) => body.op === 'plateRecord'),
        'a plate',
      ).body.businessNo
    const lot = missingOnce(no('entry-plate', 0), (one) => [plateNo(one)])
    const again = outbox(lot).filter(({ body }) => body.resends !== undefined)
    expect(again).toHaveLength(1)
    const first = present(
      outbox(lot).find(({ body }) => body.op === 'plateRecord'),
      'a plate',
    )
    const { outboxId, resends, resentFor, ...body } = present(again[0], 'a resend').body
    expect(resentFor).toMatchObject({ kind: 'entry-plate' })
    expect([resends, outboxId === first.body.outboxId]).toEqual([first.body.outboxId, false])
    const { outboxId: _, counted: _counted, ...before } = first.body
    expect(body).toEqual(before)
    // The resent record counts in no other hour; only its own hour gets one new revision.
    expect(lot.runtime.queue.records.size).toBe(0)
    expect(told(lot).filter((one) => / \S+-[23] /.test(one))).toEqual([
      `operator ${no('entry-plate', 0, 2)} 1`,
    ])
    const named = lot.ledger.list.filter((row) => row.kind === 'event')
    expect(named.map(({ body: { type } }) => type)).toContain('batchDiffers')
    judge(lot)
  })

  const items = (lot: Lot) =>
    lot.ledger.list.flatMap((row) =>
      row.kind === 'book' && row.body.row === 'item'
        ? [[row.body.kind, row.body.means, row.body.expectedFen > 0]]
        : [],
    )
  const entryPlate = (lot: Lot) =>
    present(
      outbox(lot).find(({ body }) => body.op === 'plateRecord'),
      'a plate',
    ).body.businessNo
  it('that go again are no item of the books; a record that nobody knows, and more than were sent, are one', () => {
    const mended = missingOnce(no('entry-plate', 0), (one) => [entryPlate(one)])
    expect(items(mended)).toEqual([])
    const foreign = missingOnce(no('entry-plate', 0), () => ['X9999'])
    expect(items(foreign)).toEqual([['recordsDiffer', 'operator', false]])
    const more = missingOnce(
      no('entry-plate', 0),
      () => [],
      () => 7,
    )
    expect(items(more)).toEqual([['recordsDiffer', 'operator', false]])
  })

  it('and misses them still when the hour is compared anew: that is an item, and nothing goes a third time', () => {
    const lost: string[] = []
    const lot = missingOnce(
      no('entry-plate', 0),
      (one) => {
        lost.push(entryPlate(one))
        return lost
      },
      () => 0,
      { count: 0, missing: lost },
    )
    expect(items(lot)).toEqual([['recordsDiffer', 'operator', false]])
    expect(outbox(lot).filter(({ body }) => body.resends !== undefined)).toHaveLength(1)
    expect(told(lot).filter((one) => one.includes(no('entry-plate', 0, 3)))).toEqual([])
  })

  it('and agrees later: its item says so, is open until a person ends it, and differs again as it is then', () => {
    const lot = missingOnce(
      no('entry-plate', 0),
      () => [],
      () => 7,
    )
    const itemOf = () => [...tallyOf(lot.ledger.list).items.values()][0]
    expect(itemOf()).toMatchObject({ kind: 'recordsDiffer', end: null })
    expect(itemOf()).not.toHaveProperty('agreedAtMs')
    const late = (count: number): void => {
      const atMs = lot.runtime.nowMs()
      const stayId = lot.runtime.mint('S')
      lot.runtime.append([cameIn(stayId, startMs, { atMs, plate: '测C00001' })])
      passes(lot, 5 * minute, (word) =>
        word.includes(' entry-plate')
          ? { kind: 'confirmed', tradeNo: null, batch: { count, missing: [] } }
          : ok,
      )
    }
    late(2)
    expect(itemOf()).toMatchObject({ agreedAtMs: expect.any(Number), end: null })
    late(9)
    expect(itemOf()).toMatchObject({ ref: expect.stringContaining('3 ≠ 9'), end: null })
    expect(itemOf()).not.toHaveProperty('agreedAtMs')
    expect(tallyOf(lot.ledger.list).items.size).toBe(1)
    judge(lot)
  })

  describe('because its batch overtook them', () => {
    const isPlate = (word: string, lot: Lot): boolean =>
      word.endsWith(` plateRecord ${entryPlate(lot)}`)
    const busy: QueueVerdict = { kind: 'busy', afterMs: 30 * minute, reason: 'busy' }
    /** A platform that names its missing records when it answers a batch. */
    class Slow {
      hasPlate = false
      isBusy = true
      /** Its answer to the first record that it is not too busy for. */
      private first: QueueVerdict
      constructor(first: QueueVerdict) {
        this.first = first
      }
      private plateVerdict(): QueueVerdict {
        if (this.isBusy) return busy
        const verdict = this.first
        this.first = ok
        this.hasPlate ||= verdict === ok
        return verdict
      }
      readonly answersTo =
        (lot: Lot) =>
        (word: string): QueueVerdict => {
          if (isPlate(word, lot)) return this.plateVerdict()
          if (!word.includes(` batch ${no('entry-plate', 0).replace(/-1$/, '')}`)) return ok
          const missing = this.hasPlate ? [] : [entryPlate(lot)]
          return { kind: 'confirmed', tradeNo: null, batch: { count: 1 - missing.length, missing } }
        }
    }
    const again = (lot: Lot) => outbox(lot).filter(({ body }) => body.resends !== undefined)
    /** Runs until the batch is sent and its missing record still waits; continues after a restart. */
    function overtaken(verdict: QueueVerdict): Lot {
      const slow = new Slow(verdict)
      const first = lotOn([], both)
      comesIn(first)
      passes(first, 45 * minute, slow.answersTo(first))
      expect(told(first)).toContain(`operator ${no('entry-plate', 0)} 1`)
      expect([slow.hasPlate, again(first)]).toEqual([false, []])
      slow.isBusy = false
      const lot = lotOn(first.ledger.list, both, nobody, first.runtime.nowMs())
      passes(lot, 60 * minute, slow.answersTo(lot))
      return lot
    }
    const revisions = (lot: Lot) =>
      told(lot).filter((one) => one.includes(no('entry-plate', 0).replace(/1$/, '')))

    it('has them by themselves, once, and the hour is compared anew', () => {
      const lot = overtaken(ok)
      expect(again(lot)).toEqual([])
      expect(revisions(lot)).toEqual([1, 2].map((one) => `operator ${no('entry-plate', 0, one)} 1`))
      expect([items(lot), lot.runtime.queue.records.size]).toEqual([[], 0])
      judge(lot)
    })

    it('asks anew for what it refused when it came, and has it again, once', () => {
      const lot = overtaken({ kind: 'refused', reason: 'no' })
      const [first, ...more] = again(lot)
      expect([first?.body.businessNo, more]).toEqual([entryPlate(lot), []])
      expect(revisions(lot)).toEqual(
        [1, 2, 3].map((one) => `operator ${no('entry-plate', 0, one)} 1`),
      )
      expect([items(lot), lot.runtime.queue.records.size]).toEqual([[], 0])
      judge(lot)
    })

    it('and holds one for a person: its hour waits for them, without another record or an item', () => {
      const lot = overtaken({ kind: 'held', reason: 'form' })
      passes(lot, 120 * minute)
      expect([again(lot), items(lot)]).toEqual([[], []])
      expect(revisions(lot)).toEqual([1, 2].map((one) => `operator ${no('entry-plate', 0, one)} 1`))
      judge(lot)
    })
  })

  it('of a charge that it confirmed is named and asks for none: it would be charged anew', () => {
    const lot = missingOnce(no('exit', 1), (one) => [
      present(
        outbox(one).find(({ body }) => body.op === 'charge'),
        'a charge',
      ).body.businessNo,
    ])
    const ops = outbox(lot).flatMap(({ body }) => (body.resends === undefined ? [] : [body.op]))
    // The operator's copy moves no money, so it is sent again; it has the number of the charge.
    expect(ops).toEqual(['exitRecord'])
    expect(items(lot)).toContainEqual(['recordsDiffer', 'etc', true])
    judge(lot)
  })
})

it('a lot that tells nobody of hours writes none, and begins with the hour in which it is told to', () => {
  const before = lotOn([])
  comesIn(before)
  passes(before, 180 * minute)
  expect(batches(before)).toEqual([])
  expect(before.ledger.list.find(({ kind }) => kind === 'boot')?.body).not.toHaveProperty(
    'batchesTo',
  )
  const lot = lotOn(before.ledger.list, both, nobody, before.runtime.nowMs())
  passes(lot, 96 * minute)
  expect(told(lot).filter((one) => one.includes(' entry'))).toEqual(
    [3, 4].flatMap((nth) => [
      `operator ${no('entry', nth)} 0`,
      `operator ${no('entry-plate', nth)} 0`,
    ]),
  )
  // No longer a destination: no more batches.
  const without = lotOn(lot.ledger.list, {}, nobody, lot.runtime.nowMs())
  passes(without, 180 * minute)
  expect(batches(without)).toHaveLength(batches(lot).length)
})
