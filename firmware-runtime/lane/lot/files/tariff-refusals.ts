// All faults of a tariff draft, each with its member and a sentence in both languages. A file is refused with the first
// one (tariff-file.ts); an editor shows all of them in place.
import type { TariffNote } from '#money/calls/tariff-views.ts'
import { issueText } from '#base/pure/words/issue-why.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { tariffSchema } from './tariff-schema.ts'

/** Limit of faults shown: more cannot be read at once. */
const refusalsMax = 30

export function tariffRefusals(draft: unknown): readonly TariffNote[] {
  const parsed = tariffSchema.safeParse(draft)
  if (parsed.success) return []
  return parsed.error.issues
    .slice(0, refusalsMax)
    .map((issue) => ({
      field: jsonPointer([
        ...issue.path,
        ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
      ]),
      text: issueText(issue),
    }))
}
