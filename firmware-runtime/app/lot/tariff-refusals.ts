// Everything that is wrong with a draft of a tariff, each with its member and a sentence in both languages.
// A file is refused with the first of these (tariff-file.ts); an editor shows all of them where they belong.
import type { z } from 'zod'
import type { BilingualText } from '../../core/values/faults.ts'
import { jsonPointer } from '../../core/values/json.ts'
import { tariffSchema } from './tariff-schema.ts'

interface TariffRefusal {
  /** JSON pointer. */
  readonly field: string
  readonly text: BilingualText
}

/** What nobody can read at once is no help: the first ones are shown. */
const refusalsMax = 30

export function tariffRefusals(draft: unknown): readonly TariffRefusal[] {
  const parsed = tariffSchema.safeParse(draft)
  if (parsed.success) return []
  return parsed.error.issues
    .slice(0, refusalsMax)
    .map((issue) => ({
      field: jsonPointer([
        ...issue.path,
        ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
      ]),
      text: { zh: zhOf(issue), en: issue.message },
    }))
}

const isZh = (params: unknown): params is { readonly zh: string } =>
  typeof params === 'object' && params !== null && 'zh' in params

function zhOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return isZh(issue.params) ? issue.params.zh : '没有这个日期'
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? '不能为空'
        : `不能小于 ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `不能大于 ${issue.maximum}`
        : `最多 ${issue.maximum} 个`
    case 'invalid_format':
      return '格式不对'
    case 'unrecognized_keys':
      return '没有这一项'
    default:
      return '没有填写,或填写的不是这一项要的'
  }
}
