// Set-up behind `npm test`: its message when it cannot go on, and which system packages it requires.
// Its last line on stdout is the sum, even when nothing could be run.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { repository } from '../../tidy/tree.ts'
import { makeCheckout, type Checkout } from './made-up-checkout.ts'

const made: Checkout[] = []
afterEach(() => {
  for (const checkout of made.splice(0)) checkout.remove()
})
const load = (name: string): Promise<unknown> => import(join(repository, 'installers', 'dev', name))

interface Parts {
  partGroups: Record<string, { kind: string; name: string; packages: string[] }[]>
  chooseNames(names: string[], known: (name: string) => Promise<boolean>): Promise<string[]>
  missingParts(groups: string[]): Promise<unknown[]>
}
interface Stages {
  stagesFor(tier: string, names?: string[]): { name: string; parts: string[] }[]
}

const brokenLock = '{ "lockfileVersion": 3, "packages": {} '

function bootstrap(withNode: boolean, args: string[], files = {}, env = {}) {
  const checkout = makeCheckout(withNode)
  made.push(checkout)
  const laid: Record<string, string> = { 'package-lock.json': brokenLock, ...files }
  for (const [name, text] of Object.entries(laid)) checkout.write(name, text)
  const program = join(checkout.root, 'installers', 'dev', 'bootstrap.mjs')
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    cwd: checkout.root,
    env: { ...process.env, ...env },
  })
}

it('a broken lock file stops set-up with one sentence, and the sum is the last line', () => {
  const { status, stdout, stderr } = bootstrap(false, ['test'])
  expect(status).toBe(1)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed')
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
    /^npm could not install the packages; .*npm ci$/,
  )
})

/** Stands in for npm: writes what it was called with, and ends as `ends` says for that call. */
const madeUpNpm = `const { appendFileSync, readFileSync } = require('node:fs')
const called = process.argv.slice(2)
const word = called.includes('--offline') ? 'offline' : called[0]
appendFileSync(process.env.CALLS, word + ' ' + called.some((one) => one.startsWith('--cache=')) + '\\n')
const times = readFileSync(process.env.CALLS, 'utf8').split('\\n').filter((line) => line.startsWith(word + ' ')).length
process.exitCode = Number(JSON.parse(process.env.ENDS)[word]?.[times - 1] ?? 1)`

it.each([
  // A warm cache without network is used after one question, whose answer no cache can give.
  ['no network, warm cache', { offline: [0] }, ['view true', 'offline false']],
  [
    'no network, cold cache',
    {},
    ['view true', 'offline false', 'view true', 'view true', 'view true'],
  ],
  ['a network', { view: [0], ci: [0] }, ['view true', 'ci false']],
  [
    'a network that comes back',
    { view: [1, 0], ci: [0] },
    ['view true', 'offline false', 'view true', 'ci false'],
  ],
  ['a network that is cut', { view: [0], ci: [1, 0] }, ['view true', 'ci false', 'ci false']],
])('npm is asked in order: %s', (_, ends, calls) => {
  const row = { version: '1.0.0', resolved: 'http://127.0.0.1:9/x.tgz' }
  const packages = { '': { name: 'made-up' }, 'node_modules/one': row }
  const checkout = makeCheckout(false)
  made.push(checkout)
  checkout.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }))
  checkout.write('npm.cjs', madeUpNpm)
  const file = join(checkout.root, 'calls')
  const env = {
    npm_execpath: join(checkout.root, 'npm.cjs'),
    npm_node_execpath: process.execPath,
    CALLS: file,
    ENDS: JSON.stringify(ends),
  }
  const program = join(checkout.root, 'installers', 'dev', 'bootstrap.mjs')
  spawnSync(process.execPath, [program, 'start'], {
    cwd: checkout.root,
    env: { ...process.env, ...env },
  })
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toEqual(calls)
})

it("a registry out of reach stops set-up with npm's own reason, after a look into npm's cache", () => {
  const name = '@made-up/no-such-package'
  const manifest = { name: 'made-up', version: '1.0.0', dependencies: { [name]: '1.0.0' } }
  const row = { version: '1.0.0', resolved: 'http://127.0.0.1:9/x.tgz' }
  const packages = { '': manifest, [`node_modules/${name}`]: row }
  const files = {
    'package.json': JSON.stringify({ ...manifest, type: 'module' }),
    'package-lock.json': JSON.stringify({ ...manifest, lockfileVersion: 3, packages }),
  }
  // Nothing listens on the port for discarded data.
  const { status, stderr } = bootstrap(false, ['start'], files, {
    npm_config_registry: 'http://127.0.0.1:9/',
  })
  expect(status).toBe(1)
  expect(stderr).toContain('ECONNREFUSED')
  expect(stderr).toContain('1/4 npm packages, from its cache')
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^npm does not reach its registry; .*npm ci$/)
})

it.each([[[]], [['none']], [['toString']]])(
  'refuses the task %j and names those there are',
  (args) => {
    const { status, stderr } = bootstrap(true, args)
    expect(status).toBe(1)
    expect(stderr).toContain(
      'start, test, test:all, test:full, gate, test:mutation, check, bench, package',
    )
  },
)

it('refuses a stage that does not exist, still with the sum', () => {
  const { status, stdout, stderr } = bootstrap(true, ['test', 'none'])
  expect(status).toBe(1)
  expect(stdout.trim()).toBe('0 passed, 1 failed')
  expect(stderr).toContain('no stage is called none')
})

it('says of a stage that is not in the gate how it is run', () => {
  const { status, stdout, stderr } = bootstrap(true, ['test', 'wire'])
  expect([status, stdout.trim()]).toEqual([1, '0 passed, 1 failed'])
  expect(stderr).toContain('npm run test:all -- NAME')
})

it('every group of parts that a stage needs exists, and check needs none', async () => {
  const { stagesFor } = (await load('stages.mjs')) as Stages
  const { partGroups } = (await load('system-parts.mjs')) as Parts
  for (const stage of stagesFor('all')) {
    for (const group of stage.parts) expect(Object.keys(partGroups)).toContain(group)
  }
  expect(stagesFor('gate', ['check'])[0]?.parts).toEqual([])
})

it('takes the 64-bit-time name of a package where the release has one', async () => {
  const { chooseNames } = (await load('system-parts.mjs')) as Parts
  const known = (name: string): Promise<boolean> => Promise.resolve(name === 'libgtk-3-0t64')
  expect(await chooseNames(['libgtk-3-0', 'xvfb', 'xvfb'], known)).toEqual([
    'libgtk-3-0t64',
    'xvfb',
  ])
})

it('finds nothing missing where nothing is needed', async () => {
  const { missingParts } = (await load('system-parts.mjs')) as Parts
  expect(await missingParts([])).toEqual([])
})
