// `npm test -- --since COMMIT` in a made-up checkout: which commit it takes, what has changed, and that it keeps no pass.
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCheckout, type Checkout } from './made-up-checkout.ts'

let checkout: Checkout
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd: checkout.root,
    encoding: 'utf8',
  }).trim()

/** What `since.mjs` of the checkout makes of the arguments, or the sentence with which it stops. */
function since(args: readonly string[]): unknown {
  const program = `
    const { reachedSince, takeSince } = await import('./installers/dev/since.mjs')
    const stages = [
      { name: 'check', of: 'tree', files: ['test/tidy/a.test.ts'] },
      { name: 'unit', of: 'file', files: ['test/firmware-runtime/a/one.test.ts', 'test/firmware-runtime/b/two.test.ts'] },
      { name: 'smoke', of: 'program', files: ['test/smoke/car.test.ts'] },
    ].map((stage) => ({ ...stage, isWhole: true }))
    const step = (name, paths, ...args) => ({ name, paths, args: ['tool', ...args] })
    const steps = [step('lint', 1, '.'), step('types of the window', undefined), step('types of core', undefined), step('lint of the window', 2, 'renderer', 'centre'), step('lines by room', undefined), step('format', 1, '.')]
    try {
      const { since, rest } = takeSince(${JSON.stringify(args)})
      const left = reachedSince(since, stages, steps)
      console.log(JSON.stringify({ rest, files: left.stages.map((stage) => [stage.name, stage.files.length, stage.isWhole]), steps: left.steps.map(({ name, args }) => [name, ...args.slice(1)].join(' ')) }))
    } catch (error) {
      console.log(JSON.stringify(error.constructor.name + ': ' + error.message))
    }`
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: checkout.root,
    encoding: 'utf8',
  })
  return JSON.parse(out.trim().split('\n').at(-1) ?? '')
}

beforeAll(() => {
  checkout = makeCheckout(false)
  checkout.write('firmware-runtime/a/one.ts', 'export const one = 1')
  checkout.write('firmware-runtime/b/two.ts', 'export const two = 2')
  checkout.write(
    'test/firmware-runtime/a/one.test.ts',
    "import '../../../firmware-runtime/a/one.ts'",
  )
  checkout.write(
    'test/firmware-runtime/b/two.test.ts',
    "import '../../../firmware-runtime/b/two.ts'",
  )
  checkout.write('test/tidy/a.test.ts', '')
  checkout.write('test/smoke/car.test.ts', '')
  checkout.write('docs/page.md', 'one')
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'First')
})
afterAll(() => checkout.remove())

it('asks for a commit where none has passed the gate, and refuses one that does not exist', () => {
  expect(since(['--since'])).toMatch(/^SetupStop: No commit has passed the gate here yet/)
  expect(since(['--since', 'gone'])).toMatch(/^SetupStop: gone is no commit of this checkout/)
})

it('takes the last commit that passed, and has nothing but check where nothing changed', () => {
  writeFileSync(join(checkout.root, '.git', 'last-green'), `${git('rev-parse', 'HEAD')}\n`)
  expect(since(['unit', '--since'])).toEqual({
    rest: ['unit'],
    files: [['check', 1, true]],
    steps: ['lines by room'],
  })
})

it('has a document judged by check alone', () => {
  checkout.write('docs/page.md', 'two')
  expect(since(['--since=HEAD'])).toMatchObject({ files: [['check', 1, true]] })
})

it('runs what a changed, a new and a removed file reach, and lints those that are there', () => {
  checkout.write('firmware-runtime/a/one.ts', 'export const one = 3')
  expect(since(['--since', 'HEAD', 'check', 'unit'])).toEqual({
    rest: ['check', 'unit'],
    files: [
      ['check', 1, true],
      ['unit', 1, false],
      ['smoke', 1, true],
    ],
    steps: ['lint firmware-runtime/a/one.ts', 'lines by room', 'format firmware-runtime/a/one.ts'],
  })
  rmSync(join(checkout.root, 'firmware-runtime/b/two.ts'))
  checkout.write('renderer/New.vue', '<template><p /></template>')
  expect(since(['--since', 'HEAD'])).toMatchObject({
    files: [
      ['check', 1, true],
      ['unit', 2, true],
      ['smoke', 1, true],
    ],
    steps: [
      'lint firmware-runtime/a/one.ts renderer/New.vue',
      'types of the window',
      'lint of the window renderer/New.vue',
      'lines by room',
      'format firmware-runtime/a/one.ts renderer/New.vue',
    ],
  })
})

it('sees what was committed since, runs everything for a shared file, and records no pass', () => {
  const before = git('rev-parse', 'HEAD')
  git('add', '.')
  git('commit', '--quiet', '-m', 'Second')
  expect(since(['--since', before])).toMatchObject({
    files: [
      ['check', 1, true],
      ['unit', 2, true],
      ['smoke', 1, true],
    ],
  })
  checkout.write('package-lock.json', '{}')
  expect(since(['--since', 'HEAD'])).toMatchObject({
    files: [
      ['check', 1, true],
      ['unit', 2, true],
      ['smoke', 1, true],
    ],
    steps: [
      'lint .',
      'types of the window ',
      'types of core ',
      'lint of the window renderer centre',
      'lines by room ',
      'format .',
    ].map((step) => step.trim()),
  })
  expect(existsSync(join(checkout.root, '.cache'))).toBe(false)
})
