// What one look at the desk reads does not grow with the matters that ended long ago: the statements of a call are explained
// on a real server as the desk runs them, and the rows that come off each table are counted after one day and after forty.
import { afterAll, beforeAll, expect, it } from 'vitest'
import pg from 'pg'
import { addLot, addMatter, testDesk, type Browser, type TestDesk } from '../../kit/test-desk.ts'

/** Matters of a day, each told by both ways. */
const eachDay = 200

let test: TestDesk
let browser: Browser
beforeAll(async () => {
  test = await testDesk()
  await addLot(test.centre, 'A1')
  browser = await test.signedIn()
  await addMatter(test.centre, 'A1', 'silent', { what: { zh: '甲', en: 'A' } })
  await test.centre.owner(`INSERT INTO desk.alarm_way (kind, address, after_s)
    SELECT 'mail', 'a' || n || '@example.com', 0 FROM generate_series(1, 2) n`)
})
afterAll(() => test.close())

/** Matters that began and ended in so many days, a week ago. */
async function endMatters(days: number): Promise<void> {
  const { owner } = test.centre
  await owner(`WITH made AS (INSERT INTO desk.matter (lot_id, node_id, kind, thing, detail, since, ended_at)
      SELECT 'A1', 'n1', 'silent', 'lane ' || n, '{}', to_timestamp(n), to_timestamp(n)
      FROM generate_series(1, ${days * eachDay}) n RETURNING matter_id)
    INSERT INTO desk.alarm_told (matter_id, way_id, lot_id, tries, last_at, why, begin_at, end_at)
    SELECT matter_id, way_id, 'A1', 1, to_timestamp(matter_id), '', to_timestamp(1), to_timestamp(2)
    FROM made, desk.alarm_way`)
  await owner('ANALYZE desk.matter, desk.alarm_told')
}

interface PlanNode {
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

const rowsOf = (node: PlanNode): number =>
  (node['Relation Name'] === undefined
    ? 0
    : (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']) +
  (node.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0)

/** The statements of a call that read the tables of matters, with their values. */
async function statementsOf(name: string): Promise<readonly (readonly [string, unknown[]])[]> {
  const said: [string, unknown[]][] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function noted(this: pg.Client, ...args: never[]) {
    const [text, values = []] = args as unknown as [unknown, unknown[]?]
    if (typeof text === 'string' && /desk\.(matter|alarm_told)/.test(text))
      said.push([text, values])
    return Reflect.apply(query, this, args)
  } as never
  try {
    expect((await browser.call(name as never)).status).toBe(200)
  } finally {
    pg.Client.prototype.query = query
  }
  return said
}

/** As the desk's role, in the session of a person of all lots. */
async function readBy(statements: Awaited<ReturnType<typeof statementsOf>>): Promise<number> {
  const client = await test.centre.desk.connect()
  let read = 0
  try {
    await client.query('BEGIN')
    await client.query("SELECT set_config('etc.token', $1, true)", [await test.centre.tokenOf('*')])
    for (const [text, values] of statements) {
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      )
      for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) read += rowsOf(Plan)
    }
    await client.query('ROLLBACK')
  } finally {
    client.release()
  }
  return read
}

it('no call of a page reads matters that ended before', async () => {
  const calls = ['state.seq', 'state.get', 'inbox.list', 'alarms.list', 'today.get']
  const reads: Record<string, number>[] = []
  for (const days of [1, 39]) {
    await endMatters(days)
    const read: Record<string, number> = {}
    for (const name of calls) {
      const statements = await statementsOf(name)
      expect(statements, name).not.toEqual([])
      read[name] = await readBy(statements)
    }
    reads.push(read)
  }
  const [first = {}, fortieth = {}] = reads
  for (const name of calls)
    expect([name, fortieth[name]]).toEqual([name, Math.min(fortieth[name] ?? 0, first[name] ?? 0)])
})
