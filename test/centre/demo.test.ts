// `centre --demo` as a process: ten lots ask to join, are accepted by their digits, and their rows arrive. It stops with its
// lots, and goes on in the same folders.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { centreLots } from '#harness/centre/demo-lots.ts'
import { centreDir, startCentre, type CentreProcess } from '../kit/centre-parts.ts'
import { eventually } from '../kit/eventually.ts'

const free = '127.0.0.1:0'
const started = (dir: string): CentreProcess =>
  startCentre('--demo', '--data', dir, '--door', free, '--desk', free)
const saidOf = ({ said }: CentreProcess, event: string) =>
  said.filter((one) => one['event'] === event)

interface Cursor {
  readonly lot_id: string
  readonly last_seq: number
}

async function asOwner<T extends pg.QueryResultRow>(
  dir: string,
  text: string,
): Promise<readonly T[]> {
  const passwords = readFileSync(join(dir, 'centre', 'passwords.json'), 'utf8')
  const { owner: password } = JSON.parse(passwords) as { readonly owner: string }
  const host = join(dir, 'centre', 'socket')
  const client = new pg.Client({ host, user: 'etc_owner', database: 'postgres', password })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

async function cursors(dir: string): Promise<ReadonlyMap<string, number>> {
  const rows = await asOwner<Cursor>(
    dir,
    'SELECT lot_id, last_seq::int FROM centre.lot_cursor ORDER BY 1',
  )
  return new Map(rows.map(({ lot_id, last_seq }) => [lot_id, last_seq]))
}

/** Lots whose heartbeats arrived, each with lanes. */
const beating = async (dir: string): Promise<readonly string[]> =>
  (
    await asOwner<{ readonly lot_id: string }>(
      dir,
      `SELECT lot_id FROM centre.lot_beat WHERE jsonb_array_length(beat->'lanes') > 0 ORDER BY 1`,
    )
  ).map(({ lot_id }) => lot_id)
/** Lots with cars and with money in the figures of the centre. */
const counted = async (dir: string) =>
  (
    await asOwner<{ stays: number; takings: number }>(
      dir,
      `SELECT (SELECT count(DISTINCT lot_id)::int FROM centre.stay) AS stays,
         (SELECT count(DISTINCT lot_id)::int FROM centre.taking) AS takings`,
    )
  )[0]

/** Waits until rows behind those of `after` are there, of each lot that is never away. */
const arrive = (dir: string, after: ReadonlyMap<string, number>) =>
  eventually(
    async () => {
      const now = await cursors(dir)
      return centreLots.filter(({ lotId, away }) => {
        const isAwayNow = away !== null && after.has(lotId)
        return !isAwayNow && (now.get(lotId) ?? 0) <= (after.get(lotId) ?? 0)
      })
    },
    { what: 'lots without further rows at the centre' },
  ).toEqual([])

it('the rows and heartbeats of ten lots arrive at the centre, also after a restart', async () => {
  const dir = centreDir()
  mkdirSync(dir, { mode: 0o711 })
  const first = started(dir)
  const ready = { event: 'ready', signIn: { name: expect.any(String) as string } }
  await eventually(() => first.said[0] ?? null).toMatchObject(ready)
  await arrive(dir, new Map())
  const accepted = saidOf(first, 'accepted').map((one) => one['lotId'])
  expect(accepted.toSorted()).toEqual(centreLots.map(({ lotId }) => lotId))
  expect(readdirSync(join(dir, 'lots'))).toHaveLength(10)
  await eventually(() => beating(dir)).toEqual(centreLots.map(({ lotId }) => lotId).toSorted())
  const listening = (): Promise<readonly unknown[]> =>
    asOwner(dir, 'SELECT true AS is FROM desk.alarm_listening')
  await eventually(listening, { what: 'the watcher of alarms' }).toHaveLength(1)
  await eventually(() => counted(dir)).toEqual({ stays: 10, takings: 10 })
  const reached = await cursors(dir)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  const again = started(dir)
  await eventually(() => again.said[0] ?? null).toMatchObject(ready)
  await arrive(dir, reached)
  again.child.kill('SIGTERM')
  expect(await again.ended).toBe(0)
})
