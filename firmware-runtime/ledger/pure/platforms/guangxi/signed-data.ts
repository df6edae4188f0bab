// Parses the members of a signed success, or gives the reason why it cannot: for answers that inform a lot and accept
// nothing from it. Unsigned answers, redirects and errors are not trusted.
import { note } from '#base/pure/words/notes.ts'
import type { SignedAnswer } from '../../../ports/dialect.ts'
import { contradictionIn, readAnswerBody } from './answer-body.ts'

export const silent = (reason: string) => ({ kind: 'silent', reason }) as const

/** Reason for not reading the body of an answer; null: read it. 304 is not a redirect. */
export function unreadWhy({ status, verified }: Omit<SignedAnswer, 'body'>): string | null {
  if (verified !== 'valid') return verified
  const leadsElsewhere = status >= 300 && status < 400 && status !== 304
  return leadsElsewhere ? note('redirected', status) : null
}

/** Code of a refusal; a success body under a status other than 200 is reported by that status. */
export const refusalOf = (status: number, respCode: string | null): string =>
  respCode === null || respCode === '100000' ? `status ${status}` : respCode

export function dataOf({ body: bytes, ...told }: SignedAnswer) {
  const why = unreadWhy(told)
  if (why !== null) return silent(why)
  const body = readAnswerBody(bytes)
  if (body === null) return silent('bodyNotJson')
  const denied = contradictionIn(body, told.status)
  if (denied !== null) return silent(note('contradicts', ...denied))
  if (body.respCode === '400004') return { kind: 'none', reason: body.respCode } as const
  if (told.status !== 200 || body.respCode !== '100000')
    return silent(refusalOf(told.status, body.respCode))
  return { kind: 'data' as const, data: body.data }
}
