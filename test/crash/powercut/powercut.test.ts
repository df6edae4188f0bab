// Power cuts: with synchronous=FULL no acknowledged row is ever missing, whatever the cut leaves.
// The same workload with OFF and NORMAL must lose rows, which shows that the test can detect a loss.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byteTally } from './byte-cuts.ts'
import { Disk } from './disk.ts'
import { judgeSetup } from './judge-setup.ts'
import { judgeMigration } from './judge-migration.ts'
import { judgeSurvey, lookAtSurvey } from './judge-survey.ts'
import { judgeSurveyMigration } from './judge-survey-migration.ts'
import { judge } from './judge.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { keptFiles } from '#lane/desk/folder/kept-lot.ts'
import { schemaNow } from './next-schema.ts'
import { hasCompiler, record, type Recording } from './record.ts'
import { tally, type Tally } from './states.ts'

/** More in `npm run test:full`; the printed seed repeats a failing run. */
const states = Number(process.env['POWERCUT_STATES'] ?? 1_000)
const seed = Number(process.env['POWERCUT_SEED'] ?? 1)

let folder = ''
/** The rebuilt folders are in memory where there is space, since the cost of a sync does not matter here. */
let memory = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etc-powercut-'))
  memory = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/etc-powercut-') : folder
})
afterAll(() => {
  for (const dir of [folder, memory]) rmSync(dir, { recursive: true, force: true })
})

/** Losses are reported by the assertion; an expected loss is only counted. */
const say = (what: string, { ends, letters }: Tally): void => {
  process.stdout.write(`power cut ${what}, seed ${seed}: ${JSON.stringify({ ends, letters })}\n`)
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
    // The recorder has missed nothing: the recorded bytes are those on disk.
    for (const name of ['ledger.db', 'ledger.head']) {
      const real = readFileSync(join(recording.dir, name))
      expect(Buffer.compare(disk.liveBytes(name) ?? Buffer.of(), real), name).toBe(0)
    }
    expect(disk.liveBytes('ledger.db-wal')).toBeNull()
    expect(disk.acknowledged).toBe(2 * (220 + 2 * 20))
    const found = tally(recording, { folder: memory, count: states, seed, fromOp: 0, judge })
    say('FULL', found)
    expect(found.failures).toEqual([])
    expect(found.ends.ok).toBe(states)
  })

  it('survives a cut anywhere in the first start', () => {
    const recording = workload('FULL', 2)
    const count = Math.min(states, 900)
    const found = tally(recording, { folder: memory, count, seed, fromOp: 0, judge })
    say('first start', found)
    expect(found.failures).toEqual([])
    expect(Object.keys(found.letters)).toEqual(expect.arrayContaining(['A', 'N', 'I']))
  })

  it.each(['NORMAL', 'OFF'])('sees that %s loses acknowledged rows', (mode) => {
    // This only has to show that losses are detected; above, a thousand states without loss are checked.
    const count = Math.min(states, 100)
    const found = tally(workload(mode, 60), { folder: memory, count, seed, fromOp: 0, judge })
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
    const count = Math.min(states, mode === 'EXTRA' ? 150 : 60)
    const found = tally(recording, { folder: memory, count, seed, fromOp: 0, judge: judgeSurvey })
    say(`survey ${mode}`, found)
    if (mode === 'EXTRA') expect(found.failures).toEqual([])
    else expect(found.ends.lost).toBeGreaterThan(count / 10)
  })

  it('leaves the old or the new schema, whole, when cut inside a migration', () => {
    const script = new URL('./migrate-child.ts', import.meta.url)
    const runs = [
      [String(schemaNow), 'close'],
      [String(schemaNow + 1), 'close'],
    ]
    const recording = record({ folder, name: 'migration', script, runs })
    const fromOp = recording.ops.findIndex(
      (op) => op.op === 'a' && new TextDecoder().decode(op.data).trim() === '40',
    )
    expect(fromOp).toBeGreaterThan(0)
    const count = Math.min(states, 200)
    const found = tally(recording, { folder: memory, count, seed, fromOp, judge: judgeMigration })
    say('migration', found)
    expect(found.failures).toEqual([])
    const both = [`schema ${schemaNow}`, `schema ${schemaNow + 1}`]
    expect(Object.keys(found.letters).toSorted()).toEqual(both.toSorted())
  })

  it.each([
    ['the power is cut', ['none', 'all', 'torn'] as const],
    ['the process is killed', ['all'] as const],
  ])(
    'at every step of the first set-up %s: no lot or the whole lot, and it goes on',
    (how, styles) => {
      const script = new URL('./setup-child.ts', import.meta.url)
      const name = `setup-${styles.length}`
      const { ops, dir } = record({ folder, name, script, runs: [['close']] })
      const whole = canonicalJson(keptFiles(dir))
      const each = 4 * styles.length
      const count = ops.length * each
      const judged = { folder: memory, count, seed, fromOp: 0, styles, judge: judgeSetup(whole) }
      const found = tally({ dir, ops }, judged)
      say(`first set-up, ${how}`, found)
      expect(found.failures).toEqual([])
      expect(found.ends.ok).toBe(count)
      expect(Object.keys(found.letters).toSorted()).toEqual(['a draft', 'no draft', 'the lot'])
    },
  )

  it('killed after any write of a reading, a survey has every reading that was acknowledged', () => {
    const script = new URL('./survey-child.ts', import.meta.url)
    const recording = record({
      folder,
      name: 'survey-killed',
      script,
      runs: [['EXTRA', '8', 'kill']],
    })
    // Every state: intact as before the next write, and the next reading can be recorded.
    const count = recording.ops.length
    const found = tally(recording, {
      folder: memory,
      count,
      seed,
      fromOp: 0,
      styles: ['all'] as const,
      judge: judgeSurvey,
    })
    say(`survey killed after each of ${count} writes`, found)
    expect(found.failures).toEqual([])
    expect(found.ends.ok).toBe(count)
    expect(count).toBeGreaterThan(8 * 5)
  })

  it('cut at any byte of a reading, a survey has every reading before it, and takes the next', () => {
    const script = new URL('./survey-child.ts', import.meta.url)
    const runs = [['EXTRA', '2', 'close']]
    const { ops } = record({ folder, name: 'survey-bytes', script, runs })
    const isAck = (op: (typeof ops)[number], n: number): boolean =>
      op.op === 'a' && new TextDecoder().decode(op.data).trim() === `${n}`
    // From the first reading's acknowledgement on: all writes of the second one, byte by byte.
    const fromOp = ops.findIndex((op) => isAck(op, 1))
    expect(fromOp).toBeGreaterThan(0)
    const { writes, bytes, states, letters, failures } = byteTally({
      ops,
      fromOp,
      folder: memory,
      look: lookAtSurvey,
      judge: judgeSurvey,
      judgeEach: 64,
    })
    process.stdout.write(
      `survey cut at ${bytes} bytes of ${writes} writes: ${states} folders, ${JSON.stringify(letters)}\n`,
    )
    expect(failures).toEqual([])
    expect([writes > 4, bytes > 4_096, states > 4_000]).toEqual([true, true, true])
  })

  it('leaves a survey in the old or the new format, whole, when cut inside its migration', () => {
    const script = new URL('./survey-migrate-child.ts', import.meta.url)
    const runs = [
      ['1', 'close'],
      ['2', 'close'],
    ]
    const recording = record({ folder, name: 'survey-migration', script, runs })
    const fromOp = recording.ops.findIndex(
      (op) => op.op === 'a' && new TextDecoder().decode(op.data).trim() === '20',
    )
    expect(fromOp).toBeGreaterThan(0)
    const count = Math.min(states, 100)
    const judged = { folder: memory, count, seed, fromOp, judge: judgeSurveyMigration }
    const found = tally(recording, judged)
    say('survey migration', found)
    expect(found.failures).toEqual([])
    expect(found.ends.ok).toBe(count)
    expect(Object.keys(found.letters).toSorted()).toEqual(['format 1', 'format 2'])
  })
})
