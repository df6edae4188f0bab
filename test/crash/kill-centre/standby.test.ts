// A standby that is promoted n rows behind: the lots send again what it lacks. What people decided meanwhile is lost, and
// docs/operations.md ("A standby") says what they do.
import { expect, it, onTestFinished } from 'vitest'
import { centreDir } from '../../kit/centre-parts.ts'
import { eventually } from '../../kit/eventually.ts'
import {
  makePostgres,
  postgresFolder,
  postgresIn,
  postgresProgram,
  type PostgresServer,
} from '../../firmware-runtime/simulators/platform/postgres-server.ts'
import { asked, LotsOfCentre } from './with-centre.ts'

async function standbyOf(primary: PostgresServer): Promise<PostgresServer> {
  const dir = postgresFolder()
  postgresProgram('pg_basebackup', '-d', primary.address, '-D', dir, '-R', '-c', 'fast')
  const standby = await postgresIn(dir)
  onTestFinished(() => standby.remove())
  return standby
}

const received = (server: PostgresServer): string =>
  server.psql("SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'")

/** From now on it gets nothing: a pause of its replay alone would lose nothing, since a promotion replays all it has. */
async function cut(standby: PostgresServer): Promise<void> {
  expect(standby.psql("ALTER SYSTEM SET primary_conninfo = ''")).toBe('ALTER SYSTEM')
  standby.psql('SELECT pg_reload_conf()')
  await eventually(() => received(standby)).toBe('0')
}

const cursors = async (address: string): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await asked(address, 'SELECT lot_id, last_seq::int AS n FROM centre.lot_cursor')
  return new Map(rows.map(({ lot_id: lotId, n }) => [lotId, n]))
}

it('the lots send again what a promoted standby lacks', async () => {
  const primary = await makePostgres()
  onTestFinished(() => primary.remove())
  const scene = await LotsOfCentre.make(centreDir(), 4)
  await scene.startCentre('--postgres', primary.address)
  await scene.startLots()
  await scene.accept(primary.address, 4)
  const standby = await standbyOf(primary)
  await eventually(() => received(standby)).toBe('1')
  for (let n = 0; n < 5; n++) await scene.moreRows(standby.address)
  await cut(standby)

  // After the last row that the standby gets: a lot pairs anew, another is revoked, and rows go on.
  const [paired, revoked] = ['GX3', 'GX4']
  scene.pairAgain(paired)
  await scene.accept(primary.address, 1)
  const { reachedSeq } = scene.lot(paired) ?? { reachedSeq: 0 }
  await eventually(() => scene.lot(paired)?.reachedSeq).toBeGreaterThan(reachedSeq)
  await eventually(() => scene.lot(paired)?.fault).toBe(null)
  await asked(primary.address, 'UPDATE desk.lot_key SET revoked_at = now() WHERE lot_id = $1', [
    revoked,
  ])
  await eventually(() => scene.lot(revoked)?.fault).toBe('ROWS-04')
  for (let n = 0; n < 5; n++) await scene.moreRows(primary.address)
  const [ahead, behind] = [await cursors(primary.address), await cursors(standby.address)]
  for (const lotId of ['GX1', 'GX2', paired])
    expect(behind.get(lotId)).toBeLessThan(ahead.get(lotId) ?? 0)

  await primary.crash()
  const before = scene.seen()
  await eventually(() => scene.lot('GX1')?.lastSeq).toBeGreaterThan(before[0]?.lastSeq ?? 0)
  await scene.stopCentre()
  postgresProgram('pg_ctl', 'promote', '-D', standby.dir)
  expect(await cursors(standby.address)).toEqual(behind)
  await scene.startCentre('--postgres', standby.address)
  await eventually(async () => (await cursors(standby.address)).get('GX1')).toBeGreaterThan(
    ahead.get('GX1') ?? 0,
  )

  // The certificates that it does not know: the rows of that lot wait for a person.
  await eventually(() => scene.lot(paired)?.fault).toBe('ROWS-04')
  expect((await cursors(standby.address)).get(paired)).toBe(behind.get(paired))
  scene.pairAgain(paired)
  await scene.accept(standby.address, 1)
  // A key whose end it does not know is valid again; the lot asks at a start, or each ten minutes.
  await scene.restartLots()
  scene.endAppending()
  await scene.prove(standby.address)
  const { rows } = await asked(
    standby.address,
    'SELECT count(*)::int AS n FROM desk.lot_key WHERE lot_id = $1 AND revoked_at IS NULL',
    [revoked],
  )
  expect(rows).toEqual([{ n: 2 }])
})
