// Authorisation of a PSAM after its sign-in, and the confirmation of the card's response (P11, 9.3.7, F.1 items 1 and 3).
// Nothing here charges: a doubtful answer counts as silence, and the whole procedure is repeated.
import type { Dialect, PlatformAnswer, PlatformRequest } from '../../../ports/dialect.ts'
import { codeOf, contradictionIn, readAnswerBody, type AnswerBody } from './answer-body.ts'
import { authorizeBody } from './bodies.ts'
import { encodeConfirm } from './encode.ts'
import { respCodeRow } from './resp-codes.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

const authorizePath = '/v1/psam/authorize'
const confirmPath = '/v1/psam/authorize/confirm'

const post = (path: string, bodyText: string, idempotencyKey: string | null): PlatformRequest => {
  refuseForbiddenText(bodyProblem(bodyText))
  return { method: 'POST', path, bodyText, idempotencyKey }
}

const statusWords = ['', 'normal', 'psamBlacklisted', 'psamLocked', 'psamNotRegistered'] as const

/** `00 82 00 00 08` followed by 8 bytes for the random number: no other command is sent to a card. */
const apduShape = /^0082000008[0-9A-F]{16}$/
const macShape = /^[0-9A-F]{16}$/

const codeWord = (code: string): string =>
  `${code.slice(0, 40)} ${respCodeRow(code)?.meaning ?? ''}`.trim()

const silence = (reason: string) => ({ kind: 'silence', reason }) as const
const refused = (reason: string) => ({ kind: 'refused', reason }) as const

/** A signed success about our number, or the reason of the refusal; an error code refuses under any HTTP status. */
function doneOf(answer: PlatformAnswer, listNo: string) {
  const { status, verified } = answer
  if (verified !== 'valid') return silence(`${verified} ${status}`)
  const body = readAnswerBody(answer.body)
  const code = body === null ? null : codeOf(body)
  if (body === null || code === null) return silence(`status ${status}`)
  const kind = respCodeRow(code)?.class
  if (code === '100002' || status >= 500 || status === 429 || kind === 'platform')
    return silence(code)
  if (status < 200 || status >= 300 || kind !== 'done') return refused(codeWord(code))
  if (contradictionIn(body, status) !== null) return silence(`status ${status}`)
  const named = body.data.text('listNo')
  return named === listNo ? { kind: 'done' as const, body } : refused('otherNumber')
}

/** The APDU from the full member or from the 8 bytes; if both are present they must agree. */
function apduOf({ data }: AnswerBody): string | null {
  const apdu = data.text('apdu')?.toUpperCase() ?? null
  const mac = data.text('authMac')?.toUpperCase() ?? null
  if (apdu !== null && !apduShape.test(apdu)) return null
  if (mac !== null && !macShape.test(mac)) return null
  if (apdu !== null && mac !== null && !apdu.endsWith(mac)) return null
  return apdu ?? (mac === null ? null : `0082000008${mac}`)
}

export const psam: NonNullable<Dialect['psam']> = {
  authorize: (lot, request) => post(authorizePath, authorizeBody(lot, request), request.listNo),
  judgeAuthorize(request, answer) {
    const done = doneOf(answer, request.listNo)
    if (done.kind !== 'done') return done
    const { data } = done.body
    const psamStatus = data.integer('psamStatus')
    if (psamStatus === null || psamStatus < 1 || psamStatus > 4) return refused('psamStatus')
    if (psamStatus !== 1) return refused(statusWords[psamStatus] ?? 'psamStatus')
    const apdu = apduOf(done.body)
    if (apdu === null) return refused('authMac')
    const validUntilMs = data.time('validUntil')
    return validUntilMs === null
      ? refused('validUntil')
      : { kind: 'authorised', apdu, validUntilMs }
  },
  // Safe to repeat: it reports the card's response under the number of the authorisation.
  confirm: (request) => post(confirmPath, encodeConfirm(request), null),
  judgeConfirm(request, answer) {
    const done = doneOf(answer, request.listNo)
    if (done.kind !== 'done') return done
    const { data } = done.body
    const status = data.text('status')
    const accepted = request.statusWord === '9000'
    if (!accepted) return status === 'CARD_REFUSED' ? { kind: 'noted' } : refused('status')
    const validUntilMs = data.time('validUntil')
    if (status !== 'AUTHORISED') return refused((status ?? 'status').slice(0, 40))
    return validUntilMs === null ? refused('validUntil') : { kind: 'granted', validUntilMs }
  },
}
