// Everything that is wrong with a draft of a tariff, each with its member and a sentence in both languages.
// A file is refused with the first of these (tariff-file.ts); an editor shows all of them where they belong.
import type { TariffNote } from '../../api/tariff-views.ts'
import { issueText } from '../../core/values/issue-why.ts'
import { jsonPointer } from '../../core/values/json.ts'
import { tariffSchema } from './tariff-schema.ts'

/** What nobody can read at once is no help: the first ones are shown. */
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
