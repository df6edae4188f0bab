// The certificates that the platform publishes (P3, P25): those it signs under, and the next one ahead of its use. The
// path and the members are assumed; clause 9.1 says only that certificates are exchanged.
import type { Dialect } from '../../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'

/** Two at a change, former ones beside them; more is no list of one platform. */
const certificatesMax = 20

export const certificates: NonNullable<Dialect['certificates']> = {
  request: () => ({ method: 'GET', path: '/v1/certificates', bodyText: '', idempotencyKey: null }),
  read(body) {
    const answer = readAnswerBody(body)
    const rows = answer?.respCode === '100000' ? answer.data.list('certificates') : null
    if (rows === null || rows.length === 0 || rows.length > certificatesMax) return null
    const texts = rows.map((row) => row.text('certificate'))
    return texts.every((text) => text !== null) ? texts : null
  },
}
