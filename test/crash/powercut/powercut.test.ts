// Power cuts: with synchronous=FULL no acknowledged row is ever missing, whatever the cut leaves.
// The same workload with OFF and NORMAL must lose rows: that proves that the test can see.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Disk } from './disk.ts'
import { judgeMigration } from './judge-migration.ts'
import { judgeSurvey } from './judge-survey.ts'
import { judge } from './judge.ts'
import { hasCompiler, record } from './record.ts'
import type { Recording } from './record.ts'
import { tally } from './states.ts'
import type { Tally } from './states.ts'

/** `npm run test:full` asks for more; a printed seed makes a failing run again. */
const states = Number(process.env['POWERCUT_STATES'] ?? 1_000)
const seed = Number(process.env['POWERCUT_SEED'] ?? 1)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etc-powercut-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const say = (what: string, found: Tally): void => {
  process.stdout.write(`power cut ${what}, seed ${seed}: ${JSON.stringify(found)}\n`)
}

const workload = (mode: string, appends: number): Recording =>
  record({
    folder,
    name: `${mode}-${appends}`,
    script: new URL('./child.ts', import.meta.url),
    runs: [
      [mode, String(appends), 'kill'],
      [mode, String(appends), 'close'],
    ],
  })

describe.skipIf(!hasCompiler())('power cut', () => {
  it(`keeps every acknowledged row in ${states} states with FULL`, () => {
    const recording = workload('FULL', 220)
    const disk = new Disk()
    for (const op of recording.ops) disk.apply(op)
    // The recorder missed nothing: what it saw written is what is there, byte for byte.
    for (const name of ['ledger.db', 'ledger.head']) {
      const real = readFileSync(join(recording.dir, name))
      expect(Buffer.compare(disk.liveBytes(name) ?? Buffer.of(), real), name).toBe(0)
    }
    expect(disk.liveBytes('ledger.db-wal')).toBeNull()
    expect(disk.acknowledged).toBe(2 * (220 + 2 * 20))
    const found = tally(recording, { folder, count: states, seed, fromOp: 0, judge })
    say('FULL', found)
    expect(found.failures).toEqual([])
    expect(found.ends.ok).toBe(states)
  })

  it('survives a cut anywhere in the first start', () => {
    const recording = workload('FULL', 2)
    const count = Math.min(states, 300)
    const found = tally(recording, { folder, count, seed, fromOp: 0, judge })
    say('first start', found)
    expect(found.failures).toEqual([])
    expect(Object.keys(found.letters)).toEqual(expect.arrayContaining(['A', 'N', 'I']))
  })

  it.each(['NORMAL', 'OFF'])('sees that %s loses acknowledged rows', (mode) => {
    const count = Math.min(states, 300)
    const found = tally(workload(mode, 60), { folder, count, seed, fromOp: 0, judge })
    say(mode, found)
    expect(found.ends.lost).toBeGreaterThan(count / 4)
  })

  it.each([
    ['EXTRA', 'keeps every reading of a survey that was acknowledged'],
    ['OFF', 'sees that a survey loses readings with OFF'],
  ])('%s: %s', (mode) => {
    const script = new URL('./survey-child.ts', import.meta.url)
    const runs = [
      [mode, '25', 'kill'],
      [mode, '10', 'close'],
    ]
    const recording = record({ folder, name: `survey-${mode}`, script, runs })
    const count = Math.min(states, 150)
    const found = tally(recording, { folder, count, seed, fromOp: 0, judge: judgeSurvey })
    say(`survey ${mode}`, found)
    if (mode === 'EXTRA') expect(found.failures).toEqual([])
    else expect(found.ends.lost).toBeGreaterThan(count / 10)
  })

  it('leaves the old or the new schema, whole, when cut inside a migration', () => {
    const script = new URL('./migrate-child.ts', import.meta.url)
    const runs = [
      ['1', 'close'],
      ['2', 'close'],
    ]
    const recording = record({ folder, name: 'migration', script, runs })
    const fromOp = recording.ops.findIndex(
      (op) => op.op === 'a' && new TextDecoder().decode(op.data).trim() === '40',
    )
    expect(fromOp).toBeGreaterThan(0)
    const count = Math.min(states, 200)
    const found = tally(recording, { folder, count, seed, fromOp, judge: judgeMigration })
    say('migration', found)
    expect(found.failures).toEqual([])
    expect(Object.keys(found.letters).toSorted()).toEqual(['schema 1', 'schema 2'])
  })
})
