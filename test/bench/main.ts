// `npm run bench [-- NAME] [--json] [--judge]`: JSON Lines, one per metric, each with its peer in the same run
// and, if it has one, its budget. Each row runs in its own process with a time limit. With `--judge` a figure
// over twice its budget is measured up to three times and then fails; without it figures are only printed.
import { brokenBy, budgets, keeps, pastOf, triesMax, verdictOf } from './budgets.ts'
import type { BenchResult } from './kit/measure.ts'
import { runRow } from './kit/row-run.ts'
import { benchRows } from './rows/index.ts'

/** The slowest row, that of a million unsent records, takes five minutes on an idle machine. */
const rowLimitMs = 1_500_000

const args = process.argv.slice(2)
const quiet = args.includes('--json')
const alone = args.includes('--alone')
const judges = args.includes('--judge')
const names = args.filter((arg) => !arg.startsWith('--'))
const say = (text: string): void => {
  if (!quiet) process.stderr.write(`${text}\n`)
}

/** The printed line; `budget` and `met` only where design.md limits the ratio. */
function lineOf(result: BenchResult): string {
  const budget = budgets.find(({ metric }) => metric === result.metric)?.ratio
  if (budget === undefined) return `${JSON.stringify(result)}\n`
  const met = keeps(result.ratio, result.better, budget)
  return `${JSON.stringify({ ...result, budget, met })}\n`
}

/** Measures a row in this process, which loads no other row; a reason why it cannot be measured goes to stderr. */
async function measure(name: string): Promise<void> {
  const row = await benchRows.find((one) => one.name === name)?.load()
  const missing = row?.missing?.() ?? null
  if (missing !== null) process.stderr.write(`${name}: left out, ${missing}\n`)
  else for (const result of (await row?.run()) ?? []) process.stdout.write(lineOf(result))
}

async function main(): Promise<number> {
  const unknown = names.filter((name) => !benchRows.some((row) => row.name === name))
  if (unknown.length > 0) {
    const known = benchRows.map((row) => row.name).join(', ')
    process.stderr.write(`no row is called ${unknown.join(', ')}; there are ${known}\n`)
    return 2
  }
  let faults = 0
  const broken: string[] = []
  const over: string[] = []
  for (const { name } of benchRows) {
    if (names.length > 0 && !names.includes(name)) continue
    if (alone) {
      await measure(name)
      continue
    }
    const { fault, stdout, past } = await tried(name)
    broken.push(...past)
    over.push(...pastOf(name, stdout))
    if (fault === null) continue
    process.stderr.write(`${fault}\n`)
    faults++
  }
  if (judges) say(verdictOf(broken, over))
  return faults === 0 && broken.length === 0 ? 0 : 1
}

interface Tried {
  readonly fault: string | null
  /** Of the last try. */
  readonly stdout: string
  /** The figures over twice their budget in every try. */
  readonly past: readonly string[]
}

/** Runs a row, with `--judge` up to three times. */
async function tried(name: string): Promise<Tried> {
  let past: readonly string[] = []
  for (let attempt = 1; ; attempt++) {
    say(attempt === 1 ? `${name} ...` : `${name}, try ${attempt} ...`)
    const command = [process.execPath, import.meta.filename, '--alone', name] as const
    const { stdout, fault } = await runRow(name, [...command], AbortSignal.timeout(rowLimitMs))
    process.stdout.write(stdout)
    if (!judges || fault !== null) return { fault, stdout, past: [] }
    const now = brokenBy(name, stdout)
    past = now.filter((metric) => attempt === 1 || past.includes(metric))
    if (past.length === 0 || attempt === triesMax) return { fault, stdout, past }
  }
}

process.exitCode = await main()
