// Checks the members of an override: their shape (override-schema.ts), and their references into the table that they
// change. The resulting table is checked by table-check.ts and override-meaning.ts.
import type { z } from 'zod'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { issueText } from '#base/pure/words/issue-why.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { b5Fields } from './override-layouts.ts'
import { overrideShapes } from './override-schema.ts'
import { tableWords as words } from './table-words.ts'
import type { VariantTable } from './table-types.ts'
import type { OverrideProblem, VariantOverride } from './variant-override.ts'

const problem = (at: string, why: BilingualText): OverrideProblem => ({ at, why })

function problemsOf(issue: z.core.$ZodIssue): readonly OverrideProblem[] {
  const { path } = issue
  const at = jsonPointer(path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => problem(jsonPointer([...path, name]), words.unknownMember()))
  const [inner = issue] = issue.code === 'invalid_key' ? issue.issues : []
  return [problem(at, issueText(inner))]
}

/** Without these fields a result could be reported but not proven. */
const proving = ['obuId', 'error', 'balanceAfter', 'tac', 'cardSerial', 'psamSerial']

function b5Problems({ b5Order }: VariantOverride, base: VariantTable): readonly OverrideProblem[] {
  if (b5Order === undefined) return []
  const known = b5Fields(base)
  const strangers = b5Order.flatMap((name, i) =>
    known.has(name) ? [] : [problem(`/b5Order/${i}`, words.noB5Has(base.id, name))],
  )
  const missing = proving.filter((name) => !b5Order.includes(name))
  return [...strangers, ...missing.map((name) => problem('/b5Order', words.leavesOut(name)))]
}

function frameProblems(override: VariantOverride, base: VariantTable): readonly OverrideProblem[] {
  const { frames = [], withoutFrames = [] } = override
  const codes = frames.map(({ code }) => code)
  return [
    // A repeated frame would leave open which of the two applies.
    ...codes.flatMap((code, i) =>
      codes.indexOf(code) === i ? [] : [problem(`/frames/${i}/code`, words.frameTwice(code))],
    ),
    ...withoutFrames.flatMap((gone, i) =>
      base.frames.some(({ code }) => code === gone)
        ? []
        : [problem(`/withoutFrames/${i}`, words.baseHasNone(base.id))],
    ),
  ]
}

export function memberProblems(
  base: VariantTable,
  override: VariantOverride,
): readonly OverrideProblem[] {
  const { error } = overrideShapes().override.safeParse(override)
  // The later checks assume that every member is valid.
  if (error !== undefined) return error.issues.flatMap(problemsOf)
  const { enums, moneyState } = override
  // The same number means opposite things in two dialects (section 9 row 28).
  const money = (['b5Error', 'b8Error'] as const).filter(
    (name) => enums?.[name] !== undefined && moneyState?.[name] === undefined,
  )
  return [
    ...(override.extends === base.id ? [] : [problem('/extends', words.oneOf(base.id))]),
    ...b5Problems(override, base),
    ...frameProblems(override, base),
    ...money.map((name) => problem(`/moneyState/${name}`, words.moneyMissing(name))),
  ]
}
