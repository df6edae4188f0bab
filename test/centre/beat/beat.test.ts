// Heartbeats over HTTPS into a real database: the answers of docs/centre.md, what is kept of them and of what changed.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { deleteOldChanges, keptDays } from '../../../centre/beat/old-changes.ts'
import { beatLimits, type Beat } from '#ledger/pure/centre/beat.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { eventually } from '../../kit/eventually.ts'
import { someBeat, someDevice, someLane } from '../../kit/some-beat.ts'
import { openScene, ownSigned, sent, type Answer, type Lot, type Scene } from '../door/door-kit.ts'

let scene: Scene
let lot: Lot
let other: Lot
beforeAll(async () => {
  scene = await openScene()
  lot = await scene.lot('A1')
  other = await scene.lot('B2')
})
afterAll(() => scene.close())
afterEach(() => {
  expect(scene.failures).toEqual([])
  // The next one of this node is no repetition.
  scene.time.laterMs += 1_000
})

const taken = { status: 200, body: { everyMs: 60_000, commands: [], want: 1 } }
const post = (agent: Lot['agent'], lotId: string, body: unknown): Promise<Answer> =>
  sent(scene.door.url, agent, {
    path: '/v1/beat',
    headers: { 'content-type': 'application/json', 'etc-lot': lotId },
    body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
  })
const send = (of: Lot, body: unknown): Promise<Answer> => post(of.agent, of.lotId, body)

interface Kept {
  readonly heard: Date
  readonly beat: Beat
  readonly changes: number
}
async function kept(lotId = 'A1', nodeId = 'n1'): Promise<Kept | undefined> {
  const { rows } = await scene.centre.owner(
    'SELECT heard, beat, changes FROM centre.lot_beat WHERE lot_id = $1 AND node_id = $2',
    [lotId, nodeId],
  )
  return rows[0]
}
async function changes(nodeId: string): Promise<readonly string[]> {
  const { rows } = await scene.centre.owner(
    `SELECT thing || ': ' || state AS text FROM centre.lane_change WHERE node_id = $1
     ORDER BY at, thing`,
    [nodeId],
  )
  return rows.map(({ text }) => text)
}

it('keeps the newest of a node by the clock of the door, and leaves out members that it does not know', async () => {
  const newer = { ...someBeat, fuel: 3, lanes: [{ ...someLane, mood: 'good' }] }
  expect(await send(lot, newer)).toEqual(taken)
  const first = await kept()
  expect(first?.beat).toEqual({ ...someBeat, lanes: [someLane] })
  expect(Math.abs((first?.heard.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  scene.time.laterMs += 60_000
  const later = { ...someBeat, lastSeq: 140, atIso: '2019-01-01T00:00:00.000+08:00' }
  expect(await send(lot, later)).toEqual(taken)
  const second = await kept()
  expect(second?.beat).toEqual(later)
  expect(second?.heard.getTime()).toBeGreaterThan((first?.heard.getTime() ?? 0) + 59_000)
})

it('says of each node from which row on its rows are not here', async () => {
  await scene.centre.owner(
    `INSERT INTO centre.lot_cursor VALUES ('A1', 'w1', 41, '', now()), ('B2', 'w2', 9, '', now())`,
  )
  const wants = await Promise.all(
    [
      [lot, 'w1'],
      [lot, 'w2'],
      [other, 'w2'],
    ].map(([of, nodeId]) => send(of as Lot, { ...someBeat, nodeId })),
  )
  expect(wants.map(({ body }) => (body as unknown as { want: number }).want)).toEqual([42, 1, 10])
})

const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one)
const refused = (field: string, value: string) => [400, { field, value }] as const
it.each([
  ['no JSON', Buffer.from('{"nodeId":'), refused('body', '')],
  ['nothing', Buffer.alloc(0), refused('body', '')],
  ['a list', [], refused('body', '[]')],
  ['no node', { ...someBeat, nodeId: undefined }, refused('nodeId', '')],
  ['an odd node', { ...someBeat, nodeId: "n1';--" }, refused('nodeId', "n1';--")],
  ['text for a number', { ...someBeat, lastSeq: '100' }, refused('lastSeq', '100')],
  ['a fraction', { ...someBeat, lastSeq: 1.5 }, refused('lastSeq', '1.5')],
  [
    'a negative number',
    { ...someBeat, spaces: { capacity: 9, inside: -1, free: 0 } },
    refused('spaces.inside', '-1'),
  ],
  [
    'a number beyond all',
    { ...someBeat, queue: { ...someBeat.queue, exposureFen: 1e300 } },
    refused('queue.exposureFen', '1e+300'),
  ],
  ['no time', { ...someBeat, atIso: 'now' }, refused('atIso', 'now')],
  [
    'another state',
    { ...someBeat, devices: [{ ...someDevice, state: 'odd' }] },
    refused('devices.0.state', 'odd'),
  ],
  ['a zero byte', { ...someBeat, platform: 'u\u0000p' }, refused('platform', 'u\u0000p')],
  [
    'half of a pair',
    { ...someBeat, lanes: [{ ...someLane, name: { zh: '\ud800', en: '' } }] },
    [400, { field: 'lanes.0.name.zh' }],
  ],
  [
    'a hundred lanes too many',
    {
      ...someBeat,
      lanes: many(beatLimits.lanesMax + 100, { ...someLane, name: { zh: '', en: '' } }),
    },
    [400, { field: 'lanes' }],
  ],
  [
    'more than 128 KiB',
    { ...someBeat, more: 'x'.repeat(beatLimits.bytesMax) },
    [413, { bytesMax: beatLimits.bytesMax }],
  ],
] as const)('refuses %s, and keeps nothing', async (_, body, [status, said]) => {
  const before = await kept()
  const answer = await send(lot, body)
  expect(answer).toMatchObject({ status, body: said })
  expect(await kept()).toEqual(before)
})

it('judges the sender as that of rows', async () => {
  const before = await kept()
  const no = (reason: string) => ({ status: 401, body: { reason } })
  expect(await post(scene.anybody, 'A1', someBeat)).toEqual(no('unknown'))
  expect(await post(scene.agent(ownSigned()), 'A1', someBeat)).toEqual(no('unknown'))
  expect(await post(other.agent, 'A1', someBeat)).toEqual(no('lot'))
  const field = 'etc-lot'
  expect(await post(lot.agent, '', someBeat)).toEqual({ status: 400, body: { field, value: '' } })
  scene.time.laterMs += 4_000 * dayMs
  expect(await send(lot, someBeat)).toEqual(no('expired'))
  scene.time.laterMs -= 4_000 * dayMs
  expect(await kept()).toEqual(before)
})

it('a lot whose key is revoked changes nothing, and the desk is told', async () => {
  const gone = await scene.lot('C3')
  expect(await send(gone, someBeat)).toEqual(taken)
  await scene.centre.owner("UPDATE desk.lot_key SET revoked_at = now() WHERE lot_id = 'C3'")
  // The door reads a key again after 2 s.
  await eventually(async () => (await send(gone, someBeat)).status).toBe(401)
  const before = await kept('C3')
  const next = await send(gone, { ...someBeat, lastSeq: 999 })
  expect(next).toEqual({ status: 401, body: { reason: 'revoked' } })
  expect(await kept('C3')).toEqual(before)
  expect(await scene.matters('keyRevoked')).toMatchObject([{ lot_id: 'C3' }])
})

it('keeps what changed with the time of the receipt, and nothing of a passage', async () => {
  const at = async (change: Partial<Beat>): Promise<void> => {
    scene.time.laterMs += 5_000
    expect(await send(lot, { ...someBeat, nodeId: 'n2', ...change })).toEqual(taken)
  }
  await at({})
  const first = await changes('n2')
  expect(first).toHaveLength(9)
  await at({ lanes: someBeat.lanes.map((lane) => ({ ...lane, state: 'debiting', boom: 'open' })) })
  await at({ lastSeq: 200, spaces: { capacity: 120, inside: 120, free: 0 } })
  expect(await changes('n2')).toHaveLength(9)
  await at({ devices: [{ ...someDevice, state: 'down', reason: 'silent' }] })
  await at({ clock: { ...someBeat.clock, isDoubtful: true } })
  expect((await changes('n2')).slice(9)).toEqual([
    'device E01 camera: gone',
    'device L01 rsu: down',
    'clock: doubtful',
    'device E01 camera: up',
    'device L01 rsu: up',
  ])
})

it('of two at once the later receipt stays; one that follows too soon comes again', async () => {
  const n3 = (lastSeq: number) => ({ ...someBeat, nodeId: 'n3', lastSeq })
  const both = await Promise.all([send(lot, n3(1)), send(lot, n3(2))])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 503])
  scene.time.laterMs -= 500
  expect(await send(lot, n3(3))).toMatchObject({ status: 503 })
  scene.time.laterMs += 500
})

it('takes the heartbeats of many lots together', async () => {
  const nodes = Array.from({ length: 40 }, (_, n) => `m${n}`)
  const answers = await Promise.all(
    nodes.map((nodeId, n) => send(n % 2 === 0 ? lot : other, { ...someBeat, nodeId })),
  )
  expect(answers).toEqual(nodes.map(() => taken))
  const { rows } = await scene.centre.owner(
    "SELECT lot_id, count(*)::int AS n FROM centre.lot_beat WHERE node_id LIKE 'm%' GROUP BY 1 ORDER BY 1",
  )
  expect(rows).toEqual([
    { lot_id: 'A1', n: 20 },
    { lot_id: 'B2', n: 20 },
  ])
})

it('deletes changes after 400 days', async () => {
  const oldAt = new Date(Date.now() - (keptDays + 1) * dayMs)
  const keptAt = new Date(Date.now() - (keptDays - 1) * dayMs)
  for (const at of [oldAt, keptAt])
    await scene.centre.owner(
      "INSERT INTO centre.lane_change VALUES ('A1', 'n9', 'clock', $1, 'trusted', '{}')",
      [at],
    )
  const stop = deleteOldChanges({
    pool: scene.centre.work,
    clock: { nowMs: () => Date.now() },
    mono: {
      nowUs: () => 0,
      after: (delayMs, fn) => {
        if (delayMs < dayMs) fn()
        return () => undefined
      },
    },
    failed: (error) => scene.failures.push(error),
  })
  await eventually(() => changes('n9')).toEqual(['clock: trusted'])
  stop()
})

it('says later while the database is away', async () => {
  const { rows } = await scene.centre.owner(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'etc_door'",
  )
  expect(rows.length).toBeGreaterThan(0)
  const statuses = [await send(lot, someBeat), await send(lot, someBeat)].map((one) => one.status)
  expect(statuses.every((status) => [200, 503].includes(status))).toBe(true)
})
