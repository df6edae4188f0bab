// Characters the platform takes: UTF-8 of one to three bytes (9.3.3.2), no lone surrogates (P5).
// Checked before anything is written down for sending, so that a refusal never costs a number.
import { LaneFault } from '#base/pure/faults/faults.ts'

interface TextProblem {
  /** JSON pointer of the member, `` for the whole text. */
  readonly field: string
  /** `U+1F600` or `U+D800`: shown instead of the character itself, which logs may not carry. */
  readonly codePoint: string
}

const surrogate = /[\ud800-\udfff]/u
const beyondThreeBytes = /[\u{10000}-\u{10ffff}]/u

/** The first code point of `text` that may not be sent, or null. */
export function forbiddenCodePoint(text: string): string | null {
  const found = surrogate.exec(text) ?? beyondThreeBytes.exec(text)
  const code = found?.[0].codePointAt(0)
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

const pointerToken = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** First member (name or value, any depth) with a forbidden character. */
export function textProblem(value: unknown, field = ''): TextProblem | null {
  if (typeof value === 'string') {
    const codePoint = forbiddenCodePoint(value)
    return codePoint === null ? null : { field, codePoint }
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const keyProblem = forbiddenCodePoint(key)
    if (keyProblem !== null) return { field, codePoint: keyProblem }
    const problem = textProblem(inner, `${field}/${pointerToken(key)}`)
    if (problem !== null) return problem
  }
  return null
}

const escapedSurrogate = /\\u[dD][89a-fA-F][0-9a-fA-F]{2}/

/** Last look at a frozen body: neither the character itself nor its escaped halves. */
export function bodyProblem(bodyText: string): TextProblem | null {
  const codePoint = forbiddenCodePoint(bodyText)
  if (codePoint !== null) return { field: '', codePoint }
  const escaped = escapedSurrogate.exec(bodyText)?.[0]
  return escaped === undefined
    ? null
    : { field: '', codePoint: `U+${escaped.slice(2).toUpperCase()}` }
}

/** Throws UPLOAD-02 naming the member. */
export function refuseForbiddenText(problem: TextProblem | null): void {
  if (problem === null) return
  throw new LaneFault('UPLOAD-02', { field: problem.field, value: problem.codePoint })
}
