// Rows that cannot be counted, on a real database with three lots: a person sets one aside, the figures go on, and what they
// lack stands beside each sum. And money whose date cannot be right.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { digestsOf } from '../../../centre/fold/digest.ts'
import { Fold } from '../../../centre/fold/fold.ts'
import { oddOf } from '../../../centre/fold/odd-money.ts'
import { refoldAll } from '../../../centre/fold/refold.ts'
import type { SumNotes } from '../../../centre/desk/sum-notes.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import {
  addLot,
  Browser,
  ownSecret,
  startMs,
  testDesk,
  type TestDesk,
} from '../../kit/test-desk.ts'
import { keep, partsOf, rowsOf } from './fold-kit.ts'

let test: TestDesk
let browser: Browser
beforeAll(async () => {
  test = await testDesk()
  for (const lotId of ['A1', 'B2', 'C3']) await addLot(test.centre, lotId, { lastSeq: 0 })
  await test.centre.owner('TRUNCATE centre.lot_batch, centre.lot_cursor')
  browser = await test.signedIn()
})
afterAll(() => test.close())

const noon = Date.UTC(2026, 10, 29, 0)
const day = '2026-11-29'
const text = (seq: number, change: object = {}): string =>
  JSON.stringify({
    amountFen: 100,
    atMs: noon,
    body: { paymentId: `M${seq}`, means: 'cash' },
    kind: 'payment',
    nodeId: 'n1',
    seq,
    stayId: 'n1-S1',
    ...change,
  })
const stayOpened = (seq: number, change: object = {}): string =>
  text(seq, {
    kind: 'stayOpened',
    laneId: 'L01',
    amountFen: undefined,
    body: { plate: '测A12345', colour: 'blue', noEntry: false, enteredAtMs: noon },
    ...change,
  })

const folded = async (): Promise<void> => {
  await new Fold(partsOf(test.centre)).run(() => undefined)
}
const takenOf = async (lotId: string): Promise<readonly [n: number, fen: number]> => {
  const [row] = await rowsOf<{ n: number; fen: number }>(
    test.centre,
    `SELECT coalesce(sum(n), 0)::int AS n, coalesce(sum(fen), 0)::float8 AS fen
     FROM centre.taking WHERE lot_id = '${lotId}'`,
  )
  return [row?.n ?? 0, row?.fen ?? 0]
}
const acts = (act: string) =>
  rowsOf<{ lot_id: string; person: string; detail: { seq: number; reason: string } }>(
    test.centre,
    `SELECT lot_id, person, detail FROM desk.act WHERE act = '${act}' ORDER BY act_no`,
  )
const open = async (lotId: string) =>
  (await browser.call('inbox.list')).answer.filter(
    (one) => one.lotId === lotId && one.kind === 'foldStopped' && one.endedMs === null,
  )
const notesOf = async (lotId: string): Promise<SumNotes> =>
  (await browser.call('money.table', { lotId, span: '2026-11', by: 'day' })).answer.notes

/** Lots of their own, so that each bad row meets two that are good. */
let count = 0
async function three(lines: readonly string[]): Promise<string> {
  const lotId = `L${++count}`
  for (const other of ['a', 'z'])
    await keep(test.centre, { lotId: `${lotId}${other}`, lines: [text(1), text(2)] })
  await keep(test.centre, { lotId, lines })
  await folded()
  for (const other of ['a', 'z']) expect(await takenOf(`${lotId}${other}`)).toEqual([2, 200])
  return lotId
}

const bad: readonly (readonly [
  string,
  (seq: number) => string,
  why: string,
  amount: string | null,
])[] = [
  ['10^18 fen', (seq) => text(seq, { amountFen: 1e18 }), 'amountFen', '1000000000000000000'],
  [
    'one fen beyond what a row may carry',
    (seq) => text(seq, { amountFen: fenMax + 1 }),
    'amountFen',
    `${fenMax + 1}`,
  ],
  ['beyond 2^53', (seq) => text(seq, { amountFen: 2 ** 53 }), 'amountFen', '9007199254740992'],
  ['below zero', (seq) => text(seq, { amountFen: -5 }), 'amountFen', '-5'],
  ['a text that is no number', (seq) => text(seq, { amountFen: 'NaN' }), 'amountFen', 'NaN'],
  ['half a fen', (seq) => text(seq, { amountFen: 0.5 }), 'amountFen', '0.5'],
  ['a number for its means', (seq) => text(seq, { body: { means: 7 } }), 'means', '100'],
  ['a list for its stay', (seq) => text(seq, { stayId: ['n1-S1'] }), 'stayId', '100'],
  [
    'a refund below zero',
    (seq) => text(seq, { kind: 'refund', amountFen: -1, body: { refundId: 'r' } }),
    'amountFen',
    '-1',
  ],
  [
    'an order of 10^12 fen',
    (seq) => text(seq, { kind: 'orderMade', amountFen: 1e12 }),
    'amountFen',
    '1000000000000',
  ],
  [
    'an exit at a time beyond all',
    (seq) =>
      text(seq, { kind: 'stayClosed', amountFen: null, body: { end: 'left', leftAtMs: 1e18 } }),
    'leftAtMs',
    null,
  ],
]

it.each(bad)(
  '%s stops its lot alone, until a person sets the row aside',
  async (_, line, why, amount) => {
    const lines = [stayOpened(1), text(2), line(3), text(4), text(5, { amountFen: 40 })]
    const lotId = await three(lines)
    expect(await takenOf(lotId)).toEqual([1, 100])
    const [matter, ...more] = await open(lotId)
    expect(more).toEqual([])
    expect(matter).toMatchObject({ nodeId: 'n1', aside: { seq: 3, why }, detail: { seq: 3, why } })
    // Nothing is set aside by itself, however often it is tried.
    await folded()
    expect(await takenOf(lotId)).toEqual([1, 100])
    expect((await notesOf(lotId)).asideCount).toBe(0)
    const row = { lotId, nodeId: 'n1', seq: 3, digest: matter?.aside?.digest ?? '' }
    expect((await browser.call('inbox.pass', { ...row, reason: ' ' })).code).toBe('CENTRE-37')
    expect((await browser.call('inbox.pass', { ...row, seq: 4, reason: '测试' })).code).toBe(
      'CENTRE-38',
    )
    expect((await browser.call('inbox.pass', { ...row, reason: '金额写错' })).status).toBe(200)
    expect((await acts('row.setAside')).at(-1)).toMatchObject({
      lot_id: lotId,
      person: 'admin',
      detail: { seq: 3, reason: '金额写错' },
    })
    await folded()
    expect(await takenOf(lotId)).toEqual([3, 240])
    expect(await open(lotId)).toEqual([])
    const notes = await notesOf(lotId)
    expect(notes).toMatchObject({ asideCount: 1, past: null, future: null })
    expect(notes.aside).toMatchObject([
      { lotId, seq: 3, day, amount, why, by: 'admin', atMs: startMs, reason: '金额写错' },
    ])
  },
)

it('it stands beside each sum that it touches, and beside no other', async () => {
  const lotId = await three([
    stayOpened(1),
    text(2),
    text(3, { amountFen: 1e18 }),
    text(4, { atMs: noon - 3 * dayMs }),
  ])
  const [matter] = await open(lotId)
  const row = { lotId, nodeId: 'n1', seq: 3, digest: matter?.aside?.digest }
  await browser.call('inbox.pass', { ...row, reason: '多打了零' })
  await folded()
  const own = { asideCount: 1, aside: [{ lotId, seq: 3, amount: '1000000000000000000' }] }
  const table = async (span: string, of = lotId) =>
    (await browser.call('money.table', { lotId: of, span, by: 'day' })).answer.notes
  expect(await table(day)).toMatchObject(own)
  expect(await table('2026-11')).toMatchObject(own)
  expect(await table('2026-11-26')).toMatchObject({ asideCount: 0 })
  expect(await table(day, `${lotId}a`)).toMatchObject({ asideCount: 0 })
  expect((await table(day, '*')).aside.some((one) => one.lotId === lotId)).toBe(true)
  const file = (await browser.call('money.export', { lotId, span: day, what: null, means: null }))
    .answer
  expect(file.streamed.map(({ seq, what, fen }) => [seq, what, fen])).toEqual([
    [2, 'payment', 100],
    [3, 'aside', 0],
  ])
  expect((await browser.call('lot.now', { lotId })).answer.notes).toMatchObject(own)
  const list = (await browser.call('lots.list')).answer
  expect(list.find((one) => one.lotId === lotId)?.today).toMatchObject({ fen: 100, aside: 1 })
  expect(list.find((one) => one.lotId === `${lotId}a`)?.today).toMatchObject({ aside: 0 })
  const stay = { lotId, nodeId: 'n1', stayId: 'n1-S1' }
  expect((await browser.call('stays.story', stay)).answer).toMatchObject({ aside: [3] })
  const { notes } = (await browser.call('today.get')).answer
  expect(notes.aside.some((one) => one.lotId === lotId && one.seq === 3)).toBe(true)
})

it('a person of other lots neither sees it nor sets it aside', async () => {
  const lotId = await three([text(1, { amountFen: -1 })])
  const [matter] = await open(lotId)
  await test.centre.owner(
    `INSERT INTO desk.person (name, secret, lots, one_time)
     SELECT 'of B2', secret, 'B2', false FROM desk.person WHERE name = 'admin'`,
  )
  const other = new Browser(test.desk.url)
  await other.signIn(ownSecret, 'of B2')
  const row = { lotId, nodeId: 'n1', seq: 1, digest: matter?.aside?.digest, reason: '不该成' }
  expect((await other.call('inbox.pass', row)).code).toBe('CENTRE-38')
  expect((await other.call('today.get')).answer.notes).toMatchObject({ asideCount: 0 })
})

it('lawful rows beside them are counted: 0 fen, the most, an unknown means, an absent stay, a newer kind', async () => {
  const lotId = await three([
    text(1, { amountFen: 0 }),
    text(2, { amountFen: fenMax }),
    text(3, { body: { means: 'digital-yuan', newer: { a: 1 } } }),
    text(4, { stayId: 'n1-S404' }),
    text(5, { kind: 'adjustment', amountFen: -900 }),
    text(6, { kind: 'ofANewerVersion', amountFen: null, body: { state: 9 } }),
  ])
  expect(await open(lotId)).toEqual([])
  expect(await takenOf(lotId)).toEqual([4, fenMax + 200])
})

it('another row under that number is judged anew, and a fold of all rows anew keeps the decision', async () => {
  const lotId = await three([text(1), text(2, { amountFen: -7 }), text(3)])
  const [matter] = await open(lotId)
  const row = { lotId, nodeId: 'n1', seq: 2, digest: matter?.aside?.digest }
  await browser.call('inbox.pass', { ...row, reason: '已核对' })
  await folded()
  const before = await digestsOf(test.centre.work)
  const again = await refoldAll(partsOf(test.centre), () => undefined)
  expect(again).toMatchObject({ ok: true, after: before })
  expect((await notesOf(lotId)).aside).toMatchObject([{ seq: 2, reason: '已核对' }])
  await test.centre.owner(`DELETE FROM centre.lot_batch WHERE lot_id = $1`, [lotId])
  await test.centre.owner(`DELETE FROM centre.fold_cursor WHERE lot_id = $1`, [lotId])
  for (const table of ['taking', 'money', 'set_aside'])
    await test.centre.owner(`DELETE FROM centre.${table} WHERE lot_id = $1`, [lotId])
  await keep(test.centre, { lotId, lines: [text(1), text(2, { amountFen: -8 }), text(3)] })
  await folded()
  expect(await takenOf(lotId)).toEqual([1, 100])
  expect((await open(lotId))[0]?.aside).toMatchObject({ seq: 2 })
})

it.each<[string, number, boolean, number | null, 'past' | 'future' | null]>([
  ['today', noon, false, noon - 9 * dayMs, null],
  ['a year before the lot joined', noon - 365 * dayMs, false, noon, null],
  ['long before the lot joined', noon - 401 * dayMs, false, noon, 'past'],
  [
    'long before, of a lot that joined at a time that is not known',
    noon - 900 * dayMs,
    false,
    null,
    null,
  ],
  ['1970', 0, true, null, 'past'],
  ['2019', Date.UTC(2019, 5, 1), true, noon, 'past'],
  ['next week', noon + 7 * dayMs, true, noon, 'future'],
  ['the year 9999', Date.UTC(9999, 11, 31), true, noon, 'future'],
])('money dated %s', (_, atMs, oddClock, beganMs, wanted) => {
  expect(oddOf({ atMs, oddClock }, beganMs)).toBe(wanted)
})

it('money of a wrong clock is a matter, and a line beside all sums of its lot', async () => {
  const lotId = `L${++count}`
  await test.centre.owner(
    `INSERT INTO desk.pairing (pairing_id, lot_id, name, address, tls_request, sign_request, commitment, challenge, state, asked_at, decided_at)
     VALUES ($1, $1, '{}', '', '', '', '', '', 'accepted', $2, $2)`,
    [lotId, new Date(noon)],
  )
  const old = Date.UTC(2000, 0, 1, 3)
  const refund = (seq: number, kind: string, body: object) =>
    text(seq, { kind, atMs: old, amountFen: kind === 'refund' ? 30 : null, body })
  await keep(test.centre, {
    lotId,
    receivedMs: noon,
    lines: [
      text(1, { atMs: old }),
      text(2, { atMs: old, amountFen: 250 }),
      refund(3, 'refund', { refundId: 'r1' }),
      refund(4, 'refundState', { refundId: 'r1', state: 'success', means: 'cash' }),
      text(5),
      text(6, { atMs: Date.UTC(2021, 2, 1), amountFen: 7 }),
      text(7, { atMs: Date.UTC(9999, 11, 31), amountFen: 9 }),
      text(8),
    ],
  })
  await folded()
  const past = { n: 3, fen: 357, backN: 1, backFen: 30 }
  const future = { n: 1, fen: 9, backN: 0, backFen: 0 }
  const matter = async (wanted: 'open' | 'all') =>
    (await browser.call('inbox.list')).answer.filter(
      (one) =>
        one.lotId === lotId &&
        one.kind === 'oddMoney' &&
        (wanted === 'all' || one.endedMs === null),
    )
  expect(await matter('open')).toMatchObject([{ detail: { past, future, seq: 7 } }])
  // Beside the sums of any time, since nobody looks at the days that it counts for.
  for (const span of [day, '2026-10', '2020-01'])
    expect(
      (await browser.call('money.table', { lotId, span, by: 'day' })).answer.notes,
    ).toMatchObject({
      past: { ...past, from: '2020-01-01', to: '2021-03-01' },
      future: { ...future, from: '2021-03-01', to: '2021-03-01' },
    })
  expect(await notesOf(`${lotId}0`.slice(0, 0) || 'L1')).toMatchObject({ past: null, future: null })
  // A person has seen it: it stays beside the sums, and comes up again with more of it alone.
  const [first] = await matter('open')
  await browser.call('inbox.end', { matterId: first?.matterId, reason: '已对账' })
  await refoldAll(partsOf(test.centre), () => undefined)
  expect(await matter('open')).toEqual([])
  expect(await notesOf(lotId)).toMatchObject({ past, future })
  await keep(test.centre, { lotId, receivedMs: noon, from: 9, lines: [text(9, { atMs: old })] })
  await folded()
  expect(await matter('open')).toMatchObject([{ detail: { past: { n: 4, fen: 457 }, seq: 9 } }])
})
