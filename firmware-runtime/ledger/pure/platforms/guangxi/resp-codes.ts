// Six-digit respCode of P6 (Liaoning A.1.13): the first digit is the class, the rest the case.
// One table: code -> class, what it means, and what cures it. Unlisted codes keep their class.

import type { RefusalWord } from '#base/pure/words/refusals.ts'
import type { Cure } from '../../../ports/verdict.ts'

type RespClass = 'done' | 'format' | 'business' | 'permission' | 'platform'

export interface RespCodeRow {
  readonly code: string
  readonly class: RespClass
  readonly meaning: string
  readonly cure: Cure
}

const row = (
  code: string,
  respClass: RespClass,
  meaning: string,
  cure: Cure = 'none',
): RespCodeRow => ({ code, class: respClass, meaning, cure })

/** Code of a refused charge: its word selects the texts for driver and board, and the exception. */
const business = (code: string, meaning: RefusalWord): RespCodeRow => row(code, 'business', meaning)

export const respCodes: readonly RespCodeRow[] = [
  row('100000', 'done', 'stored'),
  row('100001', 'done', 'alreadyStored'),
  row('100002', 'done', 'resultLater'),
  row('200001', 'format', 'type', 'repair'),
  row('200002', 'format', 'length', 'repair'),
  row('200003', 'format', 'threshold', 'repair'),
  row('200004', 'format', 'range', 'repair'),
  row('200005', 'format', 'characters', 'repair'),
  row('200010', 'format', 'missingField', 'repair'),
  row('200011', 'format', 'fileName', 'repair'),
  row('200012', 'format', 'fileDecrypt', 'repair'),
  business('300001', 'repeatCharge'),
  business('300002', 'expiredCard'),
  business('300003', 'blacklisted'),
  business('300004', 'cardNetwork'),
  business('300005', 'largeAmount'),
  business('300010', 'insufficient'),
  business('300011', 'tacWrong'),
  business('300012', 'orderNotFound'),
  business('300013', 'conflict'),
  row('300032', 'business', 'consumptionOver'),
  business('300020', 'clearingDispute'),
  business('300021', 'reconciliationMismatch'),
  row('400001', 'permission', 'authCode', 'operator'),
  row('400002', 'permission', 'ip', 'operator'),
  row('400003', 'permission', 'account', 'operator'),
  row('400004', 'permission', 'requestType', 'operator'),
  row('400005', 'permission', 'certificate', 'certificate'),
  row('400006', 'permission', 'signature', 'certificate'),
  row('400007', 'permission', 'timestampWindow', 'clockSync'),
  row('400008', 'permission', 'nonceReplay', 'freshEnvelope'),
  row('400009', 'permission', 'psamNotAuthorised', 'signIn'),
  row('400010', 'permission', 'keyExpired', 'operator'),
  row('500001', 'platform', 'internal'),
  row('500002', 'platform', 'busy'),
  row('500003', 'platform', 'upstreamTimeout'),
  row('500004', 'platform', 'rateLimit'),
]

const classOfDigit: Readonly<Record<string, RespClass>> = {
  '1': 'done',
  '2': 'format',
  '3': 'business',
  '4': 'permission',
  '5': 'platform',
}
const cureOfClass: Readonly<Record<RespClass, Cure>> = {
  done: 'none',
  format: 'repair',
  business: 'none',
  permission: 'operator',
  platform: 'none',
}

/** Row of a code; an unlisted one of a known class gets that class. Null: not 5 or 6 digits. */
export function respCodeRow(code: string): RespCodeRow | null {
  const listed = respCodes.find((known) => known.code === code)
  if (listed !== undefined) return listed
  const respClass = /^\d{5,6}$/.test(code) ? classOfDigit[code.charAt(0)] : undefined
  return respClass === undefined ? null : row(code, respClass, 'unlisted', cureOfClass[respClass])
}
