// Stays found by plate, part of a plate, and number; the story of one from the batches that hold its rows, with their
// signatures; what is withheld or not read; masked plates in a file; and that the indexes are used.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chosenBatches, rangesAround, unreadOf } from '../../../centre/desk/calls/stays/reading.ts'
import { staysQuery } from '../../../centre/desk/calls/stays/calls.ts'
import { rowsOfStay } from '../../../centre/desk/calls/stays/story.ts'
import type { StayPlace, StayView } from '../../../centre/desk/calls/stays/views.ts'
import { backwards, behind, wordOf } from '../../../centre/desk/calls/stays/word.ts'
import {
  addMoney,
  addStay,
  ensureFoldMonths,
  rowLine,
  signedFeed,
} from '../../kit/centre-figures.ts'
import { addLot, startMs, testDesk, type Browser, type TestDesk } from '../../kit/test-desk.ts'
import { planOf } from './plan.ts'

const hour = 3_600_000
let test: TestDesk
let browser: Browser

/** Rows of the car n1-S7 among those of others. */
const lines = (): string[] => {
  const own = { stayId: 'n1-S7', laneId: 'X1' }
  const texts: string[] = []
  const add = (row: Readonly<Record<string, unknown>>): void => {
    texts.push(rowLine(texts.length + 1, { atMs: startMs - 2 * hour, ...row }))
  }
  add({ kind: 'boot', body: { version: '1' } })
  add({ kind: 'stayOpened', ...own, laneId: 'E1', body: { plate: '测A12345', colour: 'blue' } })
  add({
    kind: 'stayOpened',
    stayId: 'n1-S70',
    body: { plate: '测B00001', note: '"stayId":"n1-S7"' },
  })
  add({ kind: 'orderMade', ...own, orderId: 'n1-O8', amountFen: 1200, body: { lines: [] } })
  add({ kind: 'intent', ...own, orderId: 'n1-O8', deductionId: 'n1-D9', body: {} })
  texts.push(`#${'ab'.repeat(32)}`)
  add({ kind: 'outbox', deductionId: 'n1-D9', body: { op: 'charge', body: '{"orderId":"n1-O1"}' } })
  add({ kind: 'outbox', deductionId: 'n1-D90', body: { op: 'charge' } })
  add({ kind: 'payment', ...own, orderId: 'n1-O8', amountFen: 1200, body: { means: 'etc' } })
  add({ kind: 'stayClosed', ...own, body: { end: 'etc' } })
  add({ kind: 'payment', stayId: 'n1-S70', amountFen: 500, body: { means: 'cash' } })
  return texts
}

beforeAll(async () => {
  test = await testDesk()
  const { centre } = test
  await ensureFoldMonths(centre, ['2026-10', '2026-11'])
  for (const lotId of ['A1', 'B2']) await addLot(centre, lotId, { lastSeq: 11 })
  const feed = await signedFeed(centre, 'A1', startMs)
  const all = lines()
  await feed.add(all.slice(0, 3))
  await feed.add(all.slice(3, 7))
  await feed.add(all.slice(7))
  const at = { enteredMs: startMs - 2 * hour, leftMs: startMs - hour, paidFen: 1200 }
  await addStay(centre, 'A1', { ...at, stayId: 'n1-S7', seqs: [2, 10] })
  await addMoney(centre, 'A1', {
    seq: 9,
    atMs: startMs - hour,
    fen: 1200,
    stayId: 'n1-S7',
    orderId: 'n1-O8',
  })
  await addStay(centre, 'B2', { stayId: 'n1-S7', plate: '测A12345', enteredMs: startMs - hour })
  for (let n = 0; n < 120; n++)
    await addStay(centre, 'A1', {
      stayId: `n1-S${1000 + n}`,
      plate: `测C${String(10_000 + n)}`,
      enteredMs: startMs - (30 - (n % 30)) * 24 * hour - n,
    })
  await addStay(centre, 'A1', { stayId: 'n1-S9', plate: null, enteredMs: startMs - 3 * hour })
  browser = await test.signedIn()
})
afterAll(() => test.close())

describe('a word', () => {
  it.each([
    ['测A12345', 'plate', '测A12345'],
    [' 测a·12345 ', 'plate', '测A12345'],
    ['测A-123 45', 'plate', '测A12345'],
    ['测A12', 'start', '测A12'],
    ['测A', 'short', '测A'],
    ['12345', 'tail', '12345'],
    ['a12345', 'tail', 'A12345'],
    ['45', 'short', '45'],
    ['', 'short', ''],
    ['%', 'short', '%'],
    ['n1-S7', 'stay', 'n1-S7'],
    ['n1-O8', 'order', 'n1-O8'],
    ['gx1-P12', 'order', 'gx1-P12'],
    ['N1-S7', 'tail', 'N1S7'],
  ])('%s is %s', (word, by, text) => expect(wordOf(word)).toEqual({ by, text }))

  it.each([
    ['测A12', '测A13'],
    ['54321', '54322'],
    ['测AZ', '测A['],
    ['5学', '5\u{5b67}'],
  ])('all that begin with %s are before %s', (start, end) => expect(behind(start)).toBe(end))

  it('is read backwards by its characters', () => {
    expect(backwards('A123学')).toBe('学321A')
  })
})

describe('stays found', () => {
  const find = async (word: string, lotId = '*') => {
    const found: StayView[] = []
    let [after, by]: [StayPlace | null, string] = [null, '']
    do {
      const {
        answer,
      }: { answer: { by: string; stays: readonly StayView[]; next: StayPlace | null } } =
        await browser.call('stays.find', { lotId, word, after })
      expect(answer.stays.length).toBeLessThanOrEqual(100)
      found.push(...answer.stays)
      ;({ by, next: after } = answer)
    } while (after !== null)
    return { by, found: found.map(({ lotId: lot, stayId }) => `${lot} ${stayId}`) }
  }
  it.each([
    ['测A12345', '*', ['B2 n1-S7', 'A1 n1-S7']],
    ['测A·12345', 'A1', ['A1 n1-S7']],
    ['2345', '*', ['B2 n1-S7', 'A1 n1-S7']],
    ['测A12', 'B2', ['B2 n1-S7']],
    ['234', '*', []],
    ['n1-S7', '*', ['B2 n1-S7', 'A1 n1-S7']],
    ['n1-S9', '*', ['A1 n1-S9']],
    ['n1-O8', '*', ['A1 n1-S7']],
    ['n1-O8', 'B2', []],
    ["测A12345' OR true --", '*', []],
    ['_____', '*', []],
    ['10119', '*', ['A1 n1-S1119']],
  ])('by %s in %s, newest first', async (word, lotId, wanted) => {
    expect((await find(word, lotId)).found).toEqual(wanted)
  })

  it('by a part that many have, 100 a page, each once, newest first', async () => {
    const { found } = await find('测C10', 'A1')
    expect(found).toHaveLength(120)
    expect(new Set(found).size).toBe(120)
  })

  it('have masked plates in a file', async () => {
    const { answer } = await browser.call('stays.export', { lotId: 'A1', word: '测C1' })
    expect(answer.streamed).toHaveLength(120)
    expect(JSON.stringify(answer)).not.toMatch(/测C1\d/)
    expect(answer.streamed[0]?.plate).toMatch(/^测CXXX\d\d$/)
  })
})

describe('the story of a stay', () => {
  const place = { lotId: 'A1', nodeId: 'n1', stayId: 'n1-S7' }
  const story = async () => (await browser.call('stays.story', place)).answer

  it('has its rows, those of its charges, their batches and signatures, and says what is withheld', async () => {
    const answer = await story()
    expect(answer.rows.map(({ seq, batch, row }) => [seq, batch, row?.['kind']])).toEqual([
      [2, 0, 'stayOpened'],
      [4, 1, 'orderMade'],
      [5, 1, 'intent'],
      [7, 1, 'outbox'],
      [9, 2, 'payment'],
      [10, 2, 'stayClosed'],
    ])
    expect(answer.rows[0]?.row?.['body']).toEqual({ plate: '测A12345', colour: 'blue' })
    expect(answer.batches.map(({ fromSeq, toSeq, check }) => [fromSeq, toSeq, check])).toEqual([
      [1, 3, 'fits'],
      [4, 7, 'fits'],
      [8, 11, 'fits'],
    ])
    expect(answer).toMatchObject({ withheld: [6], unread: 0 })
  })

  it.each([
    [
      'other rows',
      "rows = (SELECT rows FROM centre.lot_batch WHERE lot_id = 'A1' AND to_seq = 7)",
      'differs',
    ],
    ['another head', "head = sha256('x')", 'differs'],
    ['another signature', "signature = decode('3006020101020101', 'hex')", 'differs'],
    ['another key', "serial = 'FF'", 'noKey'],
  ])('says of a batch with %s that it does not prove it', async (_, change, check) => {
    const { owner } = test.centre
    const own = "lot_id = 'A1' AND to_seq = 11"
    await owner(`CREATE TABLE kept AS SELECT * FROM centre.lot_batch WHERE ${own}`)
    await owner(`UPDATE centre.lot_batch SET ${change} WHERE ${own}`)
    const { answer } = await browser.call('lots.batch', { lotId: 'A1', nodeId: 'n1', seq: 9 })
    expect(answer.signature.check).toBe(check)
    await owner(`DELETE FROM centre.lot_batch WHERE ${own}`)
    await owner('INSERT INTO centre.lot_batch SELECT * FROM kept; DROP TABLE kept')
  })

  it('says so when the batch before is not here, and when the key was revoked', async () => {
    const { owner } = test.centre
    await owner("UPDATE centre.lot_batch SET lot_id = 'C3' WHERE lot_id = 'A1' AND to_seq = 3")
    expect(await story()).toMatchObject({ unread: 2, batches: [{ check: 'noBefore' }, {}] })
    await owner("UPDATE centre.lot_batch SET lot_id = 'A1' WHERE lot_id = 'C3'")
    await owner('UPDATE desk.lot_key SET revoked_at = $1 WHERE lot_id = $2', [
      new Date(startMs),
      'A1',
    ])
    expect((await story()).batches[0]).toMatchObject({ check: 'fits', revokedMs: startMs })
  })

  it('is opened at any row of a batch', async () => {
    for (const [seq, from, to] of [
      [1, 1, 3],
      [3, 1, 3],
      [4, 4, 7],
      [9, 8, 11],
    ]) {
      const { answer } = await browser.call('lots.batch', { lotId: 'A1', nodeId: 'n1', seq })
      expect(answer).toMatchObject({ fromSeq: from, toSeq: to, signature: { check: 'fits' } })
    }
    const behindAll = await browser.call('lots.batch', { lotId: 'A1', nodeId: 'n1', seq: 12 })
    expect(behindAll).toMatchObject({ status: 404, code: 'CENTRE-38', field: 'seq' })
  })
})

describe('a stay of weeks', () => {
  it.each([
    [{ fromSeq: 5, toSeq: 9 }, [7], [{ fromSeq: 5, toSeq: 9 }]],
    [{ fromSeq: 1, toSeq: 15_000 }, [], [{ fromSeq: 1, toSeq: 15_000 }]],
    [
      { fromSeq: 1, toSeq: 900_000 },
      [400_000],
      [
        { fromSeq: 1, toSeq: 10_001 },
        { fromSeq: 390_000, toSeq: 410_000 },
        { fromSeq: 890_000, toSeq: 900_000 },
      ],
    ],
    [
      { fromSeq: 1, toSeq: 900_000 },
      [950_000],
      [
        { fromSeq: 1, toSeq: 10_001 },
        { fromSeq: 890_000, toSeq: 900_000 },
      ],
    ],
  ])('%j is read around %j', (range, known, wanted) => {
    expect(rangesAround(range, known)).toEqual(wanted)
  })

  const batch = (fromSeq: number, bytes = 10) => ({ fromSeq, toSeq: fromSeq + 9, bytes })
  const all = [1, 11, 21, 31, 41, 51].map((from) => batch(from))
  it.each([
    [60, [1, 11, 21, 31, 41, 51]],
    [40, [1, 11, 41, 51]],
    [25, [1, 51]],
    [9, []],
  ])('with %i bytes begins with the batches of known rows', (bytes, wanted) => {
    const chosen = chosenBatches(all, [1, 60], bytes)
    expect(chosen.map(({ fromSeq }) => fromSeq)).toEqual(wanted)
    expect(unreadOf({ fromSeq: 5, toSeq: 56 }, chosen)).toBe(
      52 - wanted.reduce((sum, from) => sum + (from === 1 || from === 51 ? 6 : 10), 0),
    )
  })

  it('takes no row of another stay whose number begins alike, nor what a body says', () => {
    const texts = lines().map((text, at) => ({ seq: at + 1, text, batch: 0 }))
    expect(rowsOfStay(texts, 'n1-S7').map(({ seq }) => seq)).toEqual([2, 4, 5, 7, 9, 10])
    expect(rowsOfStay(texts, 'n1-S70').map(({ seq }) => seq)).toEqual([3, 11])
    expect(rowsOfStay(texts, 'n1-S')).toEqual([])
  })
})

describe('bad input', () => {
  const bad: readonly (readonly [string, object, string])[] = [
    ['stays.find', { lotId: 'A1', word: 'x'.repeat(41), after: null }, '/word'],
    ['stays.find', { lotId: '', word: 'x', after: null }, '/lotId'],
    ['stays.find', { lotId: 'A1', word: 'x' }, '/after'],
    ['stays.find', { lotId: 'A1', word: 'x', after: { enteredMs: 1.5 } }, '/after/enteredMs'],
    ['stays.export', { lotId: 'A1', word: 5 }, '/word'],
    ['stays.export', { lotId: 'A1' }, '/word'],
    ['stays.story', { lotId: 'A1', nodeId: 'n1' }, '/stayId'],
    ['stays.story', { lotId: 'A1', nodeId: '', stayId: 'x' }, '/nodeId'],
    ['stays.story', { lotId: 'A1', nodeId: 'n1', stayId: 'x', more: 1 }, '/more'],
    ['lot.now', { lotId: '*' }, '/lotId'],
    ['lot.now', {}, '/lotId'],
    ['lot.now', { lotId: '' }, '/lotId'],
  ]
  it.each(bad)('%s %j: %s', async (name, args, field) => {
    expect(await browser.call(name, args)).toMatchObject({ status: 400, code: 'API-01', field })
  })
})

describe('among 100,000 stays of many lots', () => {
  beforeAll(async () => {
    await test.centre.owner(`INSERT INTO centre.stay
      SELECT 'L' || n % 50, 'n1', 'n1-S' || n, '2026-11-01'::date + (n / 4000), '测D' || lpad((n * 7919 % 100000)::text, 5, '0'),
      'blue', '2026-11-01'::timestamptz + n * interval '25 s', NULL, NULL, false, NULL, NULL, 0, 0, 0, n, n, false
      FROM generate_series(1, 100000) n`)
    await test.centre.owner(`INSERT INTO centre.money
      SELECT 'L' || n % 50, 'n1', n, '2026-11-01'::date + (n / 4000), 8, 'payment', 'etc', 100, 'n1-S' || n, 'n1-O' || n,
      '2026-11-01'::timestamptz + n * interval '25 s' FROM generate_series(1, 100000) n`)
    await test.centre.owner('ANALYZE centre.stay; ANALYZE centre.money')
  })
  const lots = Array.from({ length: 50 }, (_, n) => `L${n}`)
  it.each([
    ['plate', ['测D12345', ''], 'lot_id_plate_day_idx'],
    ['start', ['测D123', behind('测D123')], 'lot_id_plate_day_idx'],
    ['tail', ['543', behind('543')], 'lot_id_tail_day_idx'],
    ['stay', ['n1-S5', 'n1'], 'stay_202611_pkey'],
    ['order', ['n1-O5', 'n1'], 'money_202611_lot_id_order_id_idx'],
  ] as const)('one is found by %s through an index', async (by, limits, index) => {
    for (const scope of ['*', lots.join(',')]) {
      const plan = await planOf(
        test.centre,
        staysQuery(by),
        [lots, ...limits, null, null, null, null, 101],
        scope,
      )
      expect(plan).not.toContain('Seq Scan on stay_202611')
      expect(plan).not.toContain('Seq Scan on money_202611')
      expect(plan).toContain(index)
    }
  })
})
