// A late test is not a wrong one: real vitest runs in a made-up checkout, with tests that are late or wrong in one of
// two runs. Also: a run of all tests continues where it stopped.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countRun, isLate, ofTheRun } from '../../ci-reporter.ts'
import { repository } from '../../tidy/tree.ts'
import { makeCheckout, type Checkout } from './made-up-checkout.ts'

let checkout: Checkout
beforeEach(() => {
  checkout = makeCheckout(false)
  for (const path of [
    'vitest.config.ts',
    'package-lock.json',
    'test/ci-reporter.ts',
    'test/unstub.ts',
  ])
    cpSync(join(repository, path), join(checkout.root, path))
  symlinkSync(join(repository, 'node_modules'), join(checkout.root, 'node_modules'))
  checkout.write('test/skips.json', '[]')
  checkout.write(
    'run.mjs',
    `import { runStages } from './installers/dev/run-stages.mjs'
    import { stagesFor } from './installers/dev/stages.mjs'
    import { withMemory, wholeOf } from './installers/dev/resumed.mjs'
    const machine = { node: process.execPath, electron: null, program: null, scale: 'all', steps: [], passed() {} }
    const only = process.argv.find((arg) => arg.startsWith('test/'))
    const anew = process.argv.includes('--anew') || only !== undefined
    const picked = stagesFor('all', ['wire']).map((stage) => ({
      ...stage,
      files: stage.files.filter((file) => only === undefined || file === only),
      isWhole: stage.isWhole && only === undefined,
    }))
    const silentMs = process.argv.includes('--impatient') ? 1_000 : undefined
    const { stages, memory, before } = withMemory(picked, { machine, sources: [], anew })
    const total = await runStages(stages, { ...machine, ...memory, endsMs: Infinity, silentMs })
    const { passed, failed } = wholeOf(total, before, { isWhole: false, tier: 'all' })
    console.log(passed + ' passed, ' + failed + ' failed')`,
  )
})
afterEach(() => {
  rmSync(join(checkout.root, 'node_modules'))
  checkout.remove()
})

/** A test that fails in its first run and passes in its second, counted in a file beside it. */
const oneOfTwo = (name: string, failure: string): void =>
  checkout.write(
    `test/wire/${name}.test.ts`,
    `import { appendFileSync, readFileSync } from 'node:fs'
    import { expect, it } from 'vitest'
    it('holds', () => {
      appendFileSync('${name}.runs', '.')
      if (readFileSync('${name}.runs', 'utf8').length === 1) { ${failure} }
    })`,
  )
const late = "throw Object.assign(new Error('did not come'), { name: 'LateError' })"
const runsOf = (name: string): number => {
  const file = join(checkout.root, `${name}.runs`)
  return existsSync(file) ? readFileSync(file, 'utf8').length : 0
}
function run(...args: string[]): string {
  const env = { ...process.env, NODE_OPTIONS: '' }
  const options = { cwd: checkout.root, encoding: 'utf8' as const, env }
  return spawnSync(process.execPath, ['run.mjs', ...args], options).stdout
}
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

describe('a file that fails in one run of two', () => {
  it('counts where it was late, and is named with the pressure of its first run', () => {
    oneOfTwo('late', late)
    const said = run()
    expect(lastLine(said)).toBe('1 passed, 0 failed')
    expect(said).toMatch(/ONLY ALONE {2}wire \(CPU pressure (\d+ %|unknown)\): test\/wire\/late/)
    expect(runsOf('late')).toBe(2)
  })

  it('is red at once where a value was wrong, though it would pass the second time', () => {
    oneOfTwo('wrong', 'expect(2).toBe(1)')
    oneOfTwo('late', late)
    expect(lastLine(run())).toBe('0 passed, 2 failed')
    expect([runsOf('wrong'), runsOf('late')]).toEqual([1, 1])
  })

  it('stays red where it is late each time', () => {
    checkout.write(
      'test/wire/never.test.ts',
      `import { it } from 'vitest'\nit('x', () => { ${late} })`,
    )
    expect(lastLine(run())).toBe('0 passed, 1 failed')
  })
})

describe('a file whose process the engine ends', () => {
  const ends = (signal: string): string => `process.kill(process.pid, '${signal}'); for (;;);`

  it('counts where it passes by itself, and is named with the signal', () => {
    const signals = ['SIGTRAP', 'SIGSEGV', 'SIGILL']
    for (const signal of signals) oneOfTwo(signal, ends(signal))
    oneOfTwo('late', late)
    const said = run()
    expect(lastLine(said)).toBe('4 passed, 0 failed')
    for (const signal of signals)
      expect(said).toMatch(
        new RegExp(`ONLY ALONE {2}wire .*: test/wire/${signal}\\.test\\.ts: .*${signal}`),
      )
    expect([...signals, 'late'].map(runsOf)).toEqual([2, 2, 2, 2])
  })

  it('is red where it ends a second time', () => {
    checkout.write(
      'test/wire/dies.test.ts',
      `import { appendFileSync } from 'node:fs'
      import { it } from 'vitest'
      it('x', () => { appendFileSync('dies.runs', '.'); ${ends('SIGTRAP')} })
      it('y', () => undefined)`,
    )
    const said = run()
    expect(lastLine(said)).toBe('0 passed, 1 failed')
    expect(said).toMatch(/FAILED {2}wire: test\/wire\/dies\.test\.ts: .*SIGTRAP/)
    expect(runsOf('dies')).toBe(2)
  })

  it.each([
    ['is killed', ends('SIGKILL')],
    ['aborts', 'process.abort()'],
    ['exits', 'process.reallyExit(7)'],
  ])('is red at once where it %s, though it would pass the second time', (_what, end) => {
    oneOfTwo('ended', end)
    expect(lastLine(run())).not.toMatch(/ 0 failed$/)
    expect(runsOf('ended')).toBe(1)
  })
})

const died = (signal: string) =>
  new Error('[vitest-pool]: Worker forks emitted error.', {
    cause: new Error(
      `Worker exited unexpectedly with signal ${signal} during started state while running test file /a.test.ts`,
    ),
  })
it.each([
  ['died', [], 'SIGTRAP', 1, 1],
  ['died before it had begun', null, 'SIGILL', 1, 1],
  ['died behind tests that passed', ['passed', 'pending'], 'SIGSEGV', 1, 1],
  ['died behind a test that failed', ['failed', 'pending'], 'SIGSEGV', 2, 0],
  ['was killed', ['pending'], 'SIGKILL', 2, 0],
] as const)('a file that %s', (_what, states, signal, failed, again) => {
  const outcomes = (states ?? []).map((state) => ({ file: 'a.test.ts', test: state, state }))
  const outside =
    states === null
      ? new Error('[vitest-pool]: Failed to start forks worker for test files /a.test.ts.', {
          cause: new Error(
            `Worker exited unexpectedly with signal ${signal} during starting state`,
          ),
        })
      : died(signal)
  const errors = ofTheRun(
    outside,
    (path) => path.slice(1),
    () => true,
  )
  const counts = countRun(outcomes, errors, [], true)
  expect(counts.failed).toBe(failed)
  expect(counts.brokenFiles.reduce((sum, file) => sum + file.died, 0)).toBe(again)
})

it('of a process with several files those died that had not ended', () => {
  const cause = new Error(
    'Worker exited unexpectedly with signal SIGTRAP during started state while running test files /a, /b',
  )
  const error = new Error('[vitest-pool]: Worker forks emitted error.', { cause })
  const files = (open: readonly string[]) =>
    ofTheRun(
      error,
      (path) => path.slice(1),
      (path) => open.includes(path),
    ).map(({ file }) => file)
  expect(files(['/b'])).toEqual(['b'])
  expect(files([])).toEqual(['a', 'b'])
})

it('ends a stage in which no test ends any more, and says which was the last', () => {
  checkout.write(
    'test/wire/hangs.test.ts',
    `import { it } from 'vitest'\nit('never ends', () => { for (;;); })`,
  )
  const said = run('--impatient')
  expect(lastLine(said)).toBe('0 passed, 1 failed')
  expect(said).toMatch(/FAILED {2}wire: was ended: .*test\/wire\/hangs\.test\.ts/)
})

describe('a run that goes on', () => {
  it('runs again what failed, what is new and what changed in what it imports', () => {
    const passes = `import { appendFileSync } from 'node:fs'\nimport { it } from 'vitest'`
    const counted = (name: string): string => `it('x', () => appendFileSync('${name}.runs', '.'))`
    checkout.write('test/wire/kit/part.ts', 'export const part = 1\n')
    checkout.write('test/wire/one.test.ts', `${passes}\n${counted('one')}`)
    checkout.write('test/wire/two.test.ts', `${passes}\nimport './kit/part.ts'\n${counted('two')}`)
    oneOfTwo('wrong', 'throw new Error()')
    expect(lastLine(run())).toBe('2 passed, 1 failed')
    expect(lastLine(run())).toBe('3 passed, 0 failed')
    expect(['one', 'two', 'wrong'].map(runsOf)).toEqual([1, 1, 2])
    expect(lastLine(run())).toBe('3 passed, 0 failed')
    expect(['one', 'two', 'wrong'].map(runsOf)).toEqual([1, 1, 2])
    checkout.write('test/wire/one.test.ts', `${passes}\n// Changed.\n${counted('one')}`)
    expect(lastLine(run())).toBe('3 passed, 0 failed')
    expect(['one', 'two', 'wrong'].map(runsOf)).toEqual([2, 1, 2])
    checkout.write('test/wire/kit/part.ts', 'export const part = 2\n')
    run()
    expect(runsOf('two')).toBe(2)
    // A changed helper may be started as a process by any test, so all ran.
    expect(['one', 'two', 'wrong'].map(runsOf)).toEqual([3, 2, 3])
    // A named file runs again; the memory of the others stays.
    run('test/wire/two.test.ts')
    run()
    expect(['one', 'two', 'wrong'].map(runsOf)).toEqual([3, 3, 3])
    run('--anew')
    expect(runsOf('one')).toBe(4)
  })
})

it.each([
  ['a wait that gave up', [{ name: 'LateError', message: 'did not come' }], true],
  ['a test out of time', [{ name: 'Error', message: 'Test timed out in 900000ms.' }], true],
  ['a hook out of time', [{ name: 'Error', message: 'Hook timed out in 900000ms.' }], true],
  [
    'a locator out of time, with what the window showed',
    [
      { name: 'TimeoutError', message: 'locator.click: Timeout 600000ms exceeded.' },
      { name: 'WindowShown', message: 'the window showed: x' },
    ],
    true,
  ],
  ['a wrong value', [{ name: 'AssertionError', message: 'expected 1 to be 2' }], false],
  [
    'a wrong value beside a late wait',
    [
      { name: 'LateError', message: '' },
      { name: 'AssertionError', message: '' },
    ],
    false,
  ],
  ['no error at all', [], false],
])('calls late: %s', (_what, errors, is) => expect(isLate(errors)).toBe(is))
