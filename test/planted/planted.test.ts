// Bugs that cost money, planted one at a time: the run that judges the product must fail on each.
// A checker that nothing ever set off proves nothing; the same runs without a bug are in order.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runNode } from '../wire/kit/program.ts'
import { plantedBugs, runs } from './bugs.ts'
import { unitBugs } from './unit-bugs.ts'

const script = fileURLToPath(new URL('./run.ts', import.meta.url))
const unitScript = fileURLToPath(new URL('./unit-run.ts', import.meta.url))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etc-planted-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Verdict {
  readonly ok: boolean
  readonly invariants: { readonly violations: readonly { id: string; detail: string }[] }
}

async function run(name: string, ...bug: string[]) {
  const ran = await runNode([script, mkdtempSync(join(folder, 'lot-')), name, ...bug])
  const verdict = ran.stdout === '' ? null : (JSON.parse(ran.stdout) as Verdict)
  const violations = verdict?.invariants.violations.map((v) => `${v.id} ${v.detail}`) ?? []
  return { code: ran.code, stderr: ran.stderr, violations, ok: verdict?.ok ?? false }
}

describe('without a bug', () => {
  it.each(Object.keys(runs))('%s is in order', async (name) => {
    const ran = await run(name)
    expect(ran, ran.stderr).toMatchObject({ code: 0, ok: true, violations: [] })
  })
})

describe('with a bug', () => {
  it.each(plantedBugs.map((bug) => [bug.name, bug] as const))('%s is caught', async (name, bug) => {
    const ran = await run(bug.run, name)
    expect(ran.stderr, 'the bug was loaded').toContain(`planted: ${name}`)
    expect(ran.code, ran.stderr).toBe(1)
    const seen = [...ran.violations, ran.stderr].join('\n')
    expect(seen).toMatch(bug.sees)
  })
})

async function runUnit(test: string, ...bug: string[]) {
  const ran = await runNode([unitScript, test, ...bug])
  const { tests, failed } =
    ran.stdout === ''
      ? { tests: 0, failed: [] }
      : (JSON.parse(ran.stdout) as { tests: number; failed: readonly string[] })
  return { code: ran.code, stderr: ran.stderr, tests, failed }
}

describe('quick tests', () => {
  const files = [...new Set(unitBugs.map(({ test }) => test))]
  it.each(files)('%s passes without a bug', async (file) => {
    const ran = await runUnit(file)
    expect(ran, ran.stderr).toMatchObject({ code: 0, failed: [] })
    expect(ran.tests).toBeGreaterThan(0)
  })
  it.each(unitBugs.map((bug) => [bug.name, bug] as const))('%s is caught', async (name, bug) => {
    const ran = await runUnit(bug.test, name)
    expect(ran.stderr, 'the bug was loaded').toContain(`planted: ${name}`)
    expect(ran.code, ran.stderr).toBe(1)
    expect(ran.failed.join('\n')).toMatch(bug.sees)
  })
})
