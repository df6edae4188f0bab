// Exit transactions in one file (P12 "the same record in a file"): opens it, handles each row like a single record, and
// answers with a file of the matching name (P10).
import { parsed } from '#base/pure/data/json.ts'
import { done, refuse } from '../answers.ts'
import type { Call, Handler } from '../call.ts'
import { postCharge } from './charges.ts'
import { requestStamp } from '../file-name.ts'
import { fileRules } from './member-tables.ts'
import { checkMembers, textOf, type Members } from './members.ts'
import { isMembers } from '../../shell/members.ts'

const rowsMax = 1000

function rowsOf(text: string): readonly Members[] | null {
  const file = parsed(text)
  const rows: unknown = isMembers(file) ? file['rows'] : null
  if (!Array.isArray(rows) || !isMembers(file) || file['count'] !== rows.length) return null
  return rows.length <= rowsMax && rows.every(isMembers) ? rows : null
}

/** POST /v1/files/exit-trades */
export const postTradeFile: Handler = (services, call) => {
  const name = textOf(call.members, 'aad')
  const { appId, clockMs } = call
  const due = { words: ['PARK', 'TRADE', 'EXITUPLOAD'], appId, clockMs } as const
  const named = requestStamp(name, due)
  if ('wrong' in named) return named.wrong
  const alg = textOf(call.members, 'alg')
  const wrong = alg.startsWith('AES-') ? null : checkMembers(fileRules, call.members)
  if (wrong !== null) return wrong
  const { fileCipher } = services.policy
  if (fileCipher === 'SM4-CBC' && alg !== fileCipher)
    return refuse('200012', '/alg', alg, `files come under ${fileCipher} here`)
  const text = call.opened(call.members)
  if (text === null) return refuse('200012', '/ciphertext', null, 'the file does not open')
  const rows = rowsOf(text)
  if (rows === null) return refuse('200001', '/ciphertext', null, 'no JSON of count and rows')
  const answers = rows.map((members) => {
    const one: Call = { ...call, members, bodySm3: call.sm3Of(JSON.stringify(members)) }
    const { respCode, data } = postCharge(services, one)
    return { ...data, outTradeNo: textOf(members, 'outTradeNo'), respCode }
  })
  return done(
    call.file('PARK_TRADE_EXITUPLOAD', { count: answers.length, rows: answers }, named.time),
  )
}
