// The score of a folder and the readable report: which mutants were noticed, and which were not.
// Score: noticed mutants, of all that compile and are not listed as equivalent.
import type { Fate, Tried } from './engine.ts'
import type { Mutant } from './mutants.ts'
import { fits, mutationOf, type KeptRow } from './kept.ts'

export interface Judged {
  readonly tried: readonly Tried[]
  /** Percent. */
  readonly score: number
  /** One line per surviving mutant. */
  readonly left: readonly string[]
  readonly sum: string
  readonly lines: readonly string[]
}

type End = Fate | 'refused' | 'same'

const words: Readonly<Record<End, string>> = {
  killed: 'killed',
  endless: 'killed (endless)',
  survived: 'SURVIVED',
  notReached: 'NOT REACHED',
  notTried: 'not tried',
  refused: 'does not compile',
  same: 'does the same',
}

const beginningOf = (mutant: Mutant, end: End): string =>
  `${mutant.file}:${mutant.line}:${mutant.column} ${words[end]} | ` +
  `${mutant.mutator}: ${mutationOf(mutant)}`

/** Results in an earlier report that need not be found again; all other mutants are tried again. */
const kept = { killed: 'killed', endless: 'endless', refused: 'survived' } as const

/** Mutants whose result an earlier report of the same program has. Type checks are repeated. */
export function keptOf(report: string, mutants: readonly Mutant[]): Tried[] {
  const lines = report.split('\n')
  return mutants.flatMap((mutant) =>
    (['killed', 'endless', 'refused'] as const).flatMap((end): Tried[] => {
      const beginning = beginningOf(mutant, end)
      const line = lines.find((one) => one === beginning || one.startsWith(`${beginning} | `))
      return line === undefined
        ? []
        : [{ mutant, fate: kept[end], by: line.slice(beginning.length + 3) }]
    }),
  )
}

export function judge(
  room: string,
  tried: readonly Tried[],
  refused: ReadonlySet<string>,
  kept: readonly KeptRow[],
): Judged {
  const endOf = ({ fate, mutant }: Tried): End => {
    if (fate !== 'survived' && fate !== 'notReached') return fate
    if (refused.has(mutant.id)) return 'refused'
    return kept.some((row) => fits(row, mutant)) ? 'same' : fate
  }
  const ordered = tried.toSorted(
    ({ mutant: a }, { mutant: b }) =>
      a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  )
  const ends = ordered.map((one) => ({ one, end: endOf(one) }))
  const count = (...of: End[]): number => ends.filter(({ end }) => of.includes(end)).length
  const lines = ends.map(({ one: { mutant, by }, end }) => {
    const what = beginningOf(mutant, end)
    return by === '' ? what : `${what} | ${by.replaceAll(/\s+/g, ' ').slice(0, 160)}`
  })
  const noticed = count('killed', 'endless')
  const left = count('survived', 'notReached')
  const score = noticed + left === 0 ? 0 : (100 * noticed) / (noticed + left)
  const sum =
    `${room}: ${score.toFixed(1)} % noticed; ${ends.length} mutants: ` +
    `${count('killed')} killed, ${count('endless')} killed as endless, ` +
    `${count('survived')} survived, ${count('notReached')} not reached by a test, ` +
    `${count('refused')} do not compile, ${count('same')} do the same` +
    (count('notTried') === 0 ? '' : `, ${count('notTried')} NOT TRIED`)
  return {
    tried,
    score,
    left: lines.filter((_, i) => ['survived', 'notReached'].includes(ends[i]?.end ?? '')),
    sum,
    lines,
  }
}

export const reportOf = ({ sum, lines }: Judged): string => `${sum}\n\n${lines.join('\n')}\n`
