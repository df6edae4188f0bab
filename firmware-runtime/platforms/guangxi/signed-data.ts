// The members of a signed success, or why there are none: of answers that tell a lot something and take nothing from it.
// What is not signed, leads elsewhere or is no success, is nothing that can be trusted.
import { note } from '../../core/values/notes.ts'
import type { SignedAnswer } from '../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'

export const silent = (reason: string) => ({ kind: 'silent', reason }) as const

/** Why the body of an answer is not read, whatever it says. 304 leads nowhere else. */
export function unreadWhy({ status, verified }: Omit<SignedAnswer, 'body'>): string | null {
  if (verified !== 'valid') return verified
  const leadsElsewhere = status >= 300 && status < 400 && status !== 304
  return leadsElsewhere ? note('redirected', status) : null
}

/** The code of a refusal; a success under another status than 200 is told by that. */
export const refusalOf = (status: number, respCode: string | null): string =>
  respCode === null || respCode === '100000' ? `status ${status}` : respCode

export function dataOf({ body: bytes, ...told }: SignedAnswer) {
  const why = unreadWhy(told)
  if (why !== null) return silent(why)
  const body = readAnswerBody(bytes)
  if (body === null) return silent('bodyNotJson')
  if (body.respCode === '400004') return { kind: 'none', reason: body.respCode } as const
  if (told.status !== 200 || body.respCode !== '100000')
    return silent(refusalOf(told.status, body.respCode))
  return { kind: 'data' as const, data: body.data }
}
