// The members of an override: their shape (override-schema.ts), and what they refer to in the table that they
// change. What the whole table then says is judged by table-check.ts and override-meaning.ts.
import type { z } from 'zod'
import { jsonPointer } from '../../core/values/json.ts'
import { b5Fields } from './override-layouts.ts'
import { overrideSchema } from './override-schema.ts'
import type { VariantTable } from './table-types.ts'
import type { OverrideProblem, VariantOverride } from './variant-override.ts'

const problem = (at: string, text: string): OverrideProblem => ({ at, text })

function problemsOf({ path, message, ...issue }: z.core.$ZodIssue): readonly OverrideProblem[] {
  const at = jsonPointer(path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => problem(jsonPointer([...path, name]), 'is not known'))
  if (issue.code === 'invalid_key') return [problem(at, issue.issues[0]?.message ?? message)]
  return [problem(at, message)]
}

/** Without these a result could be told but not proven. */
const proving = ['obuId', 'error', 'balanceAfter', 'tac', 'cardSerial', 'psamSerial']

function b5Problems({ b5Order }: VariantOverride, base: VariantTable): readonly OverrideProblem[] {
  if (b5Order === undefined) return []
  const known = b5Fields(base)
  const strangers = b5Order.flatMap((name, i) =>
    known.has(name) ? [] : [problem(`/b5Order/${i}`, `no B5 of ${base.id} has ${name}`)],
  )
  const missing = proving.filter((name) => !b5Order.includes(name))
  return [...strangers, ...missing.map((name) => problem('/b5Order', `leaves out ${name}`))]
}

function frameProblems(override: VariantOverride, base: VariantTable): readonly OverrideProblem[] {
  const { frames = [], withoutFrames = [] } = override
  const codes = frames.map(({ code }) => code)
  return [
    // The same frame twice would leave open which of the two is meant.
    ...codes.flatMap((code, i) =>
      codes.indexOf(code) === i ? [] : [problem(`/frames/${i}/code`, `${code} is there twice`)],
    ),
    ...withoutFrames.flatMap((gone, i) =>
      base.frames.some(({ code }) => code === gone)
        ? []
        : [problem(`/withoutFrames/${i}`, `${base.id} has none`)],
    ),
  ]
}

export function memberProblems(
  base: VariantTable,
  override: VariantOverride,
): readonly OverrideProblem[] {
  const { error } = overrideSchema.safeParse(override)
  // Later questions assume that every member is what it says.
  if (error !== undefined) return error.issues.flatMap(problemsOf)
  const { enums, moneyState } = override
  // The same number means opposite things in two dialects (section 9 row 28).
  const money = (['b5Error', 'b8Error'] as const).filter(
    (name) => enums?.[name] !== undefined && moneyState?.[name] === undefined,
  )
  return [
    ...(override.extends === base.id ? [] : [problem('/extends', `must be one of ${base.id}`)]),
    ...b5Problems(override, base),
    ...frameProblems(override, base),
    ...money.map((name) =>
      problem(`/moneyState/${name}`, `is missing: enums/${name} has new words`),
    ),
  ]
}
