// Texts of schema errors in both languages, built from the facts of the error: the library's own text is for programmers.
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

function pairOf({ code, origin, minimum, maximum, params, values, message }: Issue): BilingualText {
  switch (code) {
    case 'custom':
      return t(isZh(params) ? params.zh : '不合规定', message)
    case 'too_small':
      return origin === 'string' || origin === 'array'
        ? t('不能为空', 'must not be empty')
        : t(`不能小于 ${minimum}`, `must be at least ${minimum}`)
    case 'too_big':
      return origin === 'number' || origin === 'int'
        ? t(`不能大于 ${maximum}`, `must be at most ${maximum}`)
        : t(`最多 ${maximum} 个`, `at most ${maximum}`)
    case 'invalid_value':
      return values === undefined
        ? t('不是其中之一', 'not one of the choices')
        : t(`只能是 ${values.join(', ')}`, `must be one of: ${values.join(', ')}`)
    case 'invalid_format':
      return t('格式不对', 'wrong format')
    case 'unrecognized_keys':
      return t('没有这一项', 'there is no such item')
    default:
      return t('没有填写,或填写的不是这一项要的', 'missing, or not what this item needs')
  }
}

/** Texts of the library itself: a schema of ours has its own English. */
const ofLibrary = /^(?:Invalid|Too|Unrecognized|Expected|Required)\b/

export function issueText(issue: Issue): BilingualText {
  const { zh, en } = pairOf(issue)
  return t(zh, ofLibrary.test(issue.message) ? en : issue.message)
}

export const issueWhy = (issue: Issue | undefined): Why =>
  issue === undefined ? '' : issueText(issue)
