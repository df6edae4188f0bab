// The centre looks at itself on a real database: what a minute finds is added to its hour, also after a restart, and the desk
// shows it. A person enters how long a restore took.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { must } from '#base/pure/values/must.ts'
import { openSampler, type Sampler } from '../../../centre/limits/sampler.ts'
import { eventually } from '../../kit/eventually.ts'
import { addLot, startMs, testDesk, type TestDesk } from '../../kit/test-desk.ts'

const minuteMs = 60_000
let desk: TestDesk
let clock: { ms: number; looks: (() => void)[] }
let sampler: Sampler | null = null
const failures: unknown[] = []

function open(): Sampler {
  return openSampler({
    pool: desk.centre.work,
    clock: { nowMs: () => clock.ms },
    mono: {
      nowUs: () => clock.ms * 1_000,
      after(_, look) {
        clock.looks.push(look)
        return () => (clock.looks = [])
      },
    },
    failed: (error) => failures.push(error),
  })
}

interface Sampled {
  readonly hour: Date
  readonly figures: {
    readonly measuredS: number
    readonly calls: number[]
    readonly isBehind: boolean
  }
}
const kept = async (): Promise<readonly Sampled[]> =>
  (await desk.centre.owner('SELECT hour, figures FROM desk.sample ORDER BY hour')).rows
const measured = async () => (await kept()).map(({ figures }) => figures.measuredS)

/** A look so much later. */
async function look(laterMs = minuteMs): Promise<void> {
  clock.ms += laterMs
  const [next] = clock.looks.splice(0)
  must(next !== undefined, 'it looks again')
  next()
  await eventually(() => clock.looks.length).toBe(1)
}

beforeEach(async () => {
  clock = { ms: startMs, looks: [] }
  failures.length = 0
  desk = await testDesk({ called: () => sampler?.called() ?? (() => undefined) })
  sampler = open()
  await eventually(() => clock.looks.length).toBe(1)
})
afterEach(async () => {
  await sampler?.close()
  await desk.close()
  expect(failures).toEqual([])
})

it('adds minutes to their hour, begins the next one, and keeps two weeks', async () => {
  await look()
  await look()
  expect(await measured()).toEqual([120])
  await sampler?.close()
  sampler = open()
  await eventually(() => clock.looks.length).toBe(1)
  await look()
  expect(await measured()).toEqual([180])
  await look(60 * minuteMs)
  expect(await measured()).toEqual([180, 3_600])
  await look((14 * 24 * 60 - 3) * minuteMs)
  expect((await kept()).length).toBe(2)
  await look(minuteMs * 61)
  expect((await kept()).length).toBe(2)
})

it('is behind when rows of a minute before are in no figure, and not sooner', async () => {
  const behind = async () => (await kept()).at(-1)?.figures.isBehind
  const { owner } = desk.centre
  await addLot(desk.centre, 'L001', { lastSeq: 40 })
  const folded = (seq: number) =>
    owner(
      `INSERT INTO centre.fold_cursor VALUES ('L001', 'n1', $1, '2026-11-29')
       ON CONFLICT (lot_id, node_id) DO UPDATE SET seq = $1`,
      [seq],
    )
  await look()
  expect(await behind()).toBe(false)
  await folded(40)
  await owner("UPDATE centre.lot_cursor SET last_seq = 90 WHERE lot_id = 'L001'")
  await look()
  expect(await behind()).toBe(false)
  await folded(89)
  await look(60 * minuteMs)
  expect(await behind()).toBe(true)
  await folded(90)
  await look(60 * minuteMs)
  expect(await behind()).toBe(false)
})

it('what a look could not write is in the next one', async () => {
  await desk.centre.owner('ALTER TABLE desk.sample RENAME TO other')
  const [next] = clock.looks.splice(0)
  clock.ms += minuteMs
  next?.()
  await eventually(() => clock.looks.length).toBe(1)
  expect(failures.length).toBe(1)
  await desk.centre.owner('ALTER TABLE desk.other RENAME TO sample')
  failures.length = 0
  await look()
  expect(await measured()).toEqual([120])
})

it('shows its figures and a restore that a person entered at the desk', async () => {
  for (let lot = 0; lot < 51; lot++) await addLot(desk.centre, `L${100 + lot}`)
  const person = await desk.signedIn()
  const first = await person.call('limits.get')
  expect(first.answer).toMatchObject({ stage: 'S1', next: null })
  for (let count = 0; count < 20; count++) await person.call('lots.list')
  await look()
  clock.ms += minuteMs
  const rowsOf = async () => {
    const { answer } = await person.call('limits.get')
    return Object.fromEntries(answer.rows.map((row) => [row.rule, row]))
  }
  const found = await rowsOf()
  expect(found['lots']).toMatchObject({ value: 51, state: 'over', step: 'S2', sinceMs: startMs })
  expect(found['calls']?.value).toBeGreaterThan(0)
  expect(found['hotMonths']?.value).toBeGreaterThan(50_000)
  expect(found['restore']).toMatchObject({ value: null, state: 'unknown' })
  await person.call('limits.restored', { minutes: 300, reason: 'tried at night' })
  expect((await rowsOf())['restore']).toMatchObject({ state: 'over', atMs: startMs })
  const acts = await desk.centre.owner(
    "SELECT person, detail->>'minutes' AS minutes FROM desk.act WHERE act = 'limits.restored'",
  )
  expect(acts.rows).toEqual([{ person: 'admin', minutes: '300' }])
})

it.each([0, -1, 1.5, 43_201, '60', null])('refuses a restore of %j minutes', async (minutes) => {
  const person = await desk.signedIn()
  const { status, code, field } = await person.call('limits.restored', { minutes, reason: '' })
  expect({ status, code, field }).toEqual({ status: 400, code: 'API-01', field: '/minutes' })
})

it('is shown to nobody without a sign-in', async () => {
  const person = await desk.signedIn()
  person.cookie = ''
  expect(await person.call('limits.get')).toMatchObject({ status: 401, code: 'CENTRE-34' })
})
