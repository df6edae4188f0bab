// Bugs that cost money, planted one at a time: the run that checks the product must fail with each.
// A check that never fails proves nothing; the same runs without a bug pass.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runNode, theaterwall } from '../wire/kit/program.ts'
import { plantedBugs, runs } from './bugs.ts'
import { unitBugs } from './unit-bugs.ts'
import { siteBugs } from './site-bugs.ts'

const script = fileURLToPath(new URL('./run.ts', import.meta.url))
const siteScript = fileURLToPath(new URL('./site-run.ts', import.meta.url))
const unitScript = fileURLToPath(new URL('./unit-run.ts', import.meta.url))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etc-planted-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Verdict {
  readonly ok: boolean
  readonly deductions?: { readonly paid: number }
  readonly invariants: { readonly violations: readonly { id: string; detail: string }[] }
}

const run = (name: string, ...bug: string[]) =>
  judged([script, mkdtempSync(join(folder, 'lot-')), name, ...bug])

async function judged(args: readonly string[]) {
  const ran = await runNode(args)
  const verdict = ran.stdout === '' ? null : (JSON.parse(ran.stdout) as Verdict)
  const violations = verdict?.invariants.violations.map((v) => `${v.id} ${v.detail}`) ?? []
  return {
    code: ran.code,
    stderr: ran.stderr,
    violations,
    ok: verdict?.ok ?? false,
    paid: verdict?.deductions?.paid ?? 0,
  }
}

/** A slow machine can lose the antenna: a run that none of its faults affected is repeated. */
async function runWhole(name: string, ...bug: string[]) {
  let ran = await run(name, ...bug)
  for (let tries = 1; tries < 8 && ran.stderr.includes('never struck'); tries++)
    ran = await run(name, ...bug)
  return ran
}

describe('without a bug', () => {
  it.each(Object.keys(runs))('%s is in order', async (name) => {
    const ran = await runWhole(name)
    expect(ran, ran.stderr).toMatchObject({ code: 0, ok: true, violations: [] })
    expect(ran.stderr).not.toContain('never struck')
    expect(ran.paid, 'ETC paid for cars').toBeGreaterThan(6)
  })
})

describe('with a bug', () => {
  it.each(plantedBugs.map((bug) => [bug.name, bug] as const))('%s is caught', async (name, bug) => {
    const ran = await runWhole(bug.run, name)
    expect(ran.stderr, 'the bug was loaded').toContain(`planted: ${name}`)
    expect(ran.code, ran.stderr).toBe(1)
    const seen = [...ran.violations, ran.stderr].join('\n')
    expect(seen).toMatch(bug.sees)
  })
})

describe('with a bug that the site of one layout shows', () => {
  it.each(siteBugs.map((bug) => [bug.name, bug] as const))('%s is caught', async (name, bug) => {
    const dir = mkdtempSync(join(folder, 'site-'))
    const ran = await judged([siteScript, join(dir, 'lot'), theaterwall(dir), name])
    expect(ran.stderr, 'the bug was loaded').toContain(`planted: ${name}`)
    expect(ran.code, ran.stderr).toBe(1)
    expect(ran.violations.join('\n')).toMatch(bug.sees)
  })
})

interface UnitRan {
  readonly code: number | null
  readonly stderr: string
  readonly failed: readonly string[]
  readonly unseen: readonly string[]
}
async function runUnit(...bug: string[]): Promise<UnitRan> {
  const { code, stderr, stdout } = await runNode([unitScript, ...bug])
  const said = stdout === '' ? { failed: [], unseen: ['it said nothing'] } : JSON.parse(stdout)
  return { code, stderr, ...(said as Pick<UnitRan, 'failed' | 'unseen'>) }
}

describe('quick tests', () => {
  it('that see a bug pass without one', async () => {
    const ran = await runUnit()
    expect(ran, ran.stderr).toMatchObject({ code: 0, failed: [], unseen: [] })
  })
  it.each(unitBugs.map((bug) => [bug.name, bug] as const))('%s is caught', async (name, bug) => {
    const ran = await runUnit(name)
    expect(ran.stderr, 'the bug was loaded').toContain(`planted: ${name}`)
    expect(ran.code, ran.stderr).toBe(1)
    expect(ran.failed.join('\n')).toMatch(bug.sees)
  })
})
