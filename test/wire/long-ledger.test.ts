// A long ledger with a changed byte in an old row, under the running program: the start does not notice it, the
// check beside the lanes does and stops them with LEDGER-05, and the next start stops with letter K.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fork, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { isLong } from '#ledger/sqlite/whole-check.ts'
import { openChain } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { version } from '#base/process/version.ts'
import { cleanUp, newFolder, runToEnd, type Line } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

const dir = join(newFolder(), 'lot')
const leaping = new URL('./kit/leaping-run.ts', import.meta.url)
const children: ChildProcess[] = []

/** Longer than what a start checks completely, with more rows than it checks by the chain. */
beforeAll(async () => {
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
  expect((await runToEnd(['lot', 'init', '--data', dir, ...lot])).code).toBe(0)
  const { nodeId, mode, lotId, chargeMode } = loadLot(dir).config
  const { key: chainKey } = openChain(dir, systemRandom())
  const place = { dir, nodeId, chainKey, crypto: openGmCrypto(), version }
  const { ledger } = openLedger({ ...place, durability: 'simulated', keyIsNew: true })
  const atMs = Date.now() - 3_600_000
  ledger.append([
    { kind: 'boot', atMs, body: { repair: 'A', version, mode, lotId, chargeMode } },
    ...Array.from({ length: 2_400 }, (_, n) => {
      const body = { type: 'photosBack', detail: 'x'.repeat(3_800) } as const
      return {
        kind: 'event',
        atMs,
        laneId: 'exit',
        stayId: `${nodeId}-S${10_000 + n}`,
        body,
      } as const
    }),
  ])
  ledger.close()
  expect(isLong(dir)).toBe(true)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await cleanUp()
})

/** The lot's program and its output. */
function started() {
  const child = fork(leaping, [dir], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  children.push(child)
  const lines: Line[] = []
  if (child.stdout === null) throw new Error('the program has a pipe')
  createInterface({ input: child.stdout }).on('line', (text) =>
    lines.push(JSON.parse(text) as Line),
  )
  let isOver = false
  const ended = new Promise<number | null>((done) => child.once('close', done))
  void ended.then(() => (isOver = true))
  const of = {
    died: () => (isOver ? `code ${child.exitCode}` : null),
    said: () => JSON.stringify(lines.at(-1)),
  }
  const said = (event: string): Line | undefined => lines.find((line) => line['event'] === event)
  const ready = async (): Promise<void> => {
    await eventually(() => said('ready'), { of }).toBeDefined()
  }
  return { child, ended, said, ready, of }
}

it('one byte of an old row: the lanes end with LEDGER-05, and no start opens them again', async () => {
  const file = join(dir, 'ledger.db')
  const bytes = readFileSync(file)
  // In the row itself the lane stands before the stay; the index of stays contains the number alone.
  const at = bytes.indexOf(/exit(\S+)-S10007/.exec(bytes.toString('latin1'))?.[0] ?? 'none')
  expect(at).toBeGreaterThan(0)
  const digit = bytes.indexOf('S10007', at) + 3
  bytes[digit] = '4'.charCodeAt(0)
  writeFileSync(file, bytes)

  const run = started()
  // The chain of the last rows, the head and the stored state agree, so the start opens the lanes.
  await run.ready()
  run.child.send(61_000)
  await eventually(() => run.said('failed'), { of: run.of }).toBeDefined()
  expect(await run.ended).toBe(78)
  const error = { code: 'LEDGER-05' }
  expect(run.said('fault')).toMatchObject({ laneId: '', error })
  expect(run.said('failed')).toMatchObject({ error })
  expect(existsSync(join(dir, 'ledger.suspect'))).toBe(true)

  const { code, stdout } = await runToEnd(['run', '--data', dir])
  expect(code).toBe(78)
  expect(stdout[0]).toMatchObject({ error: { ...error, file } })
  expect(JSON.stringify(stdout[0])).toMatch(/K: /)
})
