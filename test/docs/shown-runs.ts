// What runs over real links have shown of the rules of the pack: docs/coverage-runs.json, written by those runs and
// compared with them again. The table of docs/coverage.md that says "shown" is derived from it alone.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { baseRules } from '#base/pure/rules/packs.ts'
import { kindOf, ruleIds, type RuleId } from '#base/pure/rules/rule-table.ts'

interface ShownRule {
  readonly verdict: string
  readonly simulated: boolean | null
}
interface ShownRun {
  readonly test: string
  readonly rules: Readonly<Record<string, ShownRule>>
}
type ShownRuns = Readonly<Record<string, ShownRun>>

const file = join(import.meta.dirname, '..', '..', 'docs', 'coverage-runs.json')
export const shownRuns = (): ShownRuns => JSON.parse(readFileSync(file, 'utf8')) as ShownRuns

/** Rules that the file calls passed and the run did not pass. */
export const overclaimed = (kept: ShownRun, found: ShownRun): readonly string[] =>
  Object.entries(kept.rules)
    .filter(([id, { verdict }]) => verdict === 'pass' && found.rules[id]?.verdict !== 'pass')
    .map(([id]) => `${id}: ${found.rules[id]?.verdict ?? 'not judged'}`)

/** Compares a run with the file, or writes it there: ETC_LANE_WRITE_DOCS=1 npx vitest run --project wire FILE. */
export function keepRun(name: string, found: ShownRun): void {
  if (process.env['ETC_LANE_WRITE_DOCS'] === '1')
    writeFileSync(file, `${JSON.stringify({ ...shownRuns(), [name]: found }, null, 2)}\n`)
  const kept = shownRuns()[name]
  expect(kept?.test).toBe(found.test)
  expect(kept === undefined ? ['no run'] : overclaimed(kept, found)).toEqual([])
}

/** The better verdict of each rule, where several lots were judged. */
export function bestOf(runs: readonly ShownRun['rules'][]): ShownRun['rules'] {
  const all = runs.flatMap((run) => Object.entries(run))
  const best = new Map<string, ShownRule>()
  const rank = ['pass', 'marginal', 'incomplete', 'notApplicable', 'fail']
  for (const [id, one] of all) {
    const before = best.get(id)
    if (before === undefined || rank.indexOf(one.verdict) < rank.indexOf(before.verdict))
      best.set(id, one)
  }
  return Object.fromEntries(best)
}

const limitText = (id: RuleId): string =>
  baseRules
    .limits(id)
    .map(
      ({ name, value, unit, basis }) =>
        `${name} ${value} ${unit}${basis === 'assumed' ? ' (assumed)' : ''}`,
    )
    .join(', ')

/** "Shown" for a passed rule of a run, else its verdict. */
export function shownLines(runs: ShownRuns): string[] {
  return [
    '| clause | rule | thresholds | evidence | shown by a run |',
    '|---|---|---|---|---|',
    ...ruleIds.map((id) => {
      const clause = baseRules.clause(id) ?? '7.1 or 7.2, as its layout'
      const said = Object.values(runs).flatMap(({ test, rules }) => {
        const rule = rules[id]
        return rule === undefined ? [] : [{ test, ...rule }]
      })
      const passed = said.find(({ verdict }) => verdict === 'pass')
      const by = passed === undefined ? '' : `\`${passed.test}\``
      const shown =
        passed === undefined
          ? `not shown: ${said[0]?.verdict ?? 'no run judges it'}`
          : `shown${passed.simulated === true ? ', simulated' : ''}: ${by}`
      const evidence = baseRules.evidence(id).join(', ')
      return `| ${clause} | ${id} ${kindOf(id).title.en} | ${limitText(id)} | ${evidence} | ${shown} |`
    }),
  ]
}
