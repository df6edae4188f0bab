// Texts of schema errors in both languages: the English sentence is zod's own, the Chinese one is built from the same facts.
// A rule with its own words has the Chinese ones in `params.zh`.
import { t, type BilingualText, type Why } from './fault-text.ts'

interface Issue {
  readonly code?: string | undefined
  readonly message: string
  readonly origin?: unknown
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly params?: unknown
  readonly values?: readonly unknown[]
}

/** A rule of a schema, with its words in both languages. */
export const rule = (zh: string, en: string) => ({ message: en, params: { zh } })

const isZh = (params: unknown): params is { readonly zh: string } =>
  typeof params === 'object' && params !== null && 'zh' in params

function zhOf({ code, origin, minimum, maximum, params, values }: Issue): string {
  switch (code) {
    case 'custom':
      return isZh(params) ? params.zh : '不合规定'
    case 'too_small':
      return origin === 'string' || origin === 'array' ? '不能为空' : `不能小于 ${minimum}`
    case 'too_big':
      return origin === 'number' || origin === 'int' ? `不能大于 ${maximum}` : `最多 ${maximum} 个`
    case 'invalid_value':
      return values === undefined ? '不是其中之一' : `只能是 ${values.join(', ')}`
    case 'invalid_format':
      return '格式不对'
    case 'unrecognized_keys':
      return '没有这一项'
    default:
      return '没有填写,或填写的不是这一项要的'
  }
}

export const issueText = (issue: Issue): BilingualText => t(zhOf(issue), issue.message)

export const issueWhy = (issue: Issue | undefined): Why =>
  issue === undefined ? '' : issueText(issue)
