// The disk of the centre's database is full, on a file system of its own: the door takes nothing, the lots wait, and all
// goes on when there is room. PostgreSQL itself ends when it has no room for its log.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { centreDir, postmasterOf, type CentreProcess } from '../../kit/centre-parts.ts'
import { eventually } from '../../kit/eventually.ts'
import { asked, LotsOfCentre } from './with-centre.ts'

/** Room for a new database, its log, and some rows. */
const mount = (dir: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=711', 'etc-lane-test', dir])
const unmount = (dir: string) => spawnSync('umount', ['--lazy', dir])

function mayMount(): boolean {
  const dir = `${centreDir()}-may`
  mkdirSync(dir)
  const may = mount(dir).status === 0
  if (may) unmount(dir)
  else process.stdout.write('full-disk.test.ts is SKIPPED: this user may not mount\n')
  return may
}

const addressOf = (dir: string): string => {
  const { owner } = JSON.parse(readFileSync(join(dir, 'passwords.json'), 'utf8'))
  return `postgres://etc_owner:${owner}@/postgres?host=${encodeURIComponent(join(dir, 'socket'))}`
}

/** Leaves no byte. */
function fill(dir: string): string {
  const file = join(dir, 'filler')
  for (let bytes = 1 << 24; bytes >= 1; bytes = bytes >> 1)
    for (let isFull = false; !isFull;)
      try {
        writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' })
      } catch {
        isFull = true
      }
  expect(statfsSync(dir).bavail).toBe(0)
  return file
}

const faults = ({ said }: CentreProcess): readonly unknown[] =>
  said.flatMap(({ event, error }) =>
    event === 'fault' ? [(error as { readonly code: string }).code] : [],
  )

it('waits with a full disk, and goes on when there is room', async ({ skip }) => {
  if (!mayMount()) skip()
  const dir = centreDir()
  mkdirSync(dir)
  expect(mount(dir).status).toBe(0)
  onTestFinished(() => void unmount(dir))
  const scene = await LotsOfCentre.make(dir, 3)
  const centre = await scene.startCentre()
  await scene.startLots()
  const address = addressOf(dir)
  await scene.accept(address, 3)
  await scene.moreRows(address)

  // No room for rows, while the log has some.
  let filler = fill(dir)
  await eventually(() => faults(centre)).toEqual(['CENTRE-09'])
  // Some still find a place in pages that are there.
  const toCome = () => scene.seen().reduce((sum, one) => sum + one.lastSeq - one.reachedSeq, 0)
  await eventually(toCome).toBeGreaterThan(1_000)
  // Each batch that is refused tells it; it is said once a minute.
  expect(faults(centre)).toEqual(['CENTRE-09'])
  expect(scene.seen().map(({ fault }) => fault)).not.toContain('ROWS-08')
  rmSync(filler)
  await scene.moreRows(address)

  // No room for the log: the server ends, and its keeper cannot start it.
  const server = postmasterOf(dir)
  filler = fill(dir)
  for (let segment = 0; segment < 8; segment++)
    await asked(address, "SELECT pg_logical_emit_message(true, 'x', 'x'), pg_switch_wal()").catch(
      () => null,
    )
  const states = () =>
    centre.said.flatMap(({ event, state }) => (event === 'database' ? [state] : []))
  await eventually(states).toEqual(['down'])
  await eventually(() => faults(centre).length).toBeGreaterThan(1)
  rmSync(filler)
  await eventually(states).toEqual(['down', 'up'])
  expect(postmasterOf(dir)).not.toBe(server)
  expect(new Set(faults(centre))).toEqual(new Set(['CENTRE-09']))
  await scene.moreRows(address)
  scene.endAppending()
  await scene.prove(address)
})
