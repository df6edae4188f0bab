// The members of a signed success, or why there are none: of answers that tell a lot something and take nothing from it.
// What is not signed, or is no success, is nothing that can be trusted.
import type { SignedAnswer } from '../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'

const silent = (reason: string) => ({ kind: 'silent', reason }) as const

export function dataOf({ status, verified, body: bytes }: SignedAnswer) {
  if (verified !== 'valid') return silent(verified)
  const body = readAnswerBody(bytes)
  if (body === null) return silent('bodyNotJson')
  if (body.respCode === '400004') return { kind: 'none', reason: body.respCode } as const
  if (status !== 200 || body.respCode !== '100000')
    return silent(body.respCode ?? `status ${status}`)
  return { kind: 'data' as const, data: body.data }
}
