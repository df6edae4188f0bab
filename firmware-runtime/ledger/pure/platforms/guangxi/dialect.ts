// The Guangxi dialect as one value: bodies, requests, signed texts, verdicts.
// DBJT45/T 065-2024 chapter 9; each function names its clause in its own file.
import type { Dialect } from '../../../ports/dialect.ts'
import { records } from './lot-records.ts'
import { accessFlow, laneEquipment } from './access-flow.ts'
import { appIdShape } from './authorization.ts'
import { bill, splitBill } from './bill.ts'
import { monitor } from './monitor.ts'
import { psam } from './psam.ts'
import { consumption } from './consumption.ts'
import { duty } from './duty.ts'
import { feedback } from './feedback.ts'
import { chargeBody, exceptionBody, refundBody, signInBody } from './bodies.ts'
import { membersOf } from './mendable.ts'
import { judge } from './judge.ts'
import { certificates } from './certificates.ts'
import { envelope } from './envelope.ts'
import { interfaces, jointTest } from './interfaces.ts'
import { queryOf, requestFor } from './requests.ts'
import { codeOf } from './answer-body.ts'
import { respCodeRow, respCodes } from './resp-codes.ts'
import { rules } from './rules.ts'
import { sensitive } from './sensitive.ts'
import { listCheck, listRequest, readList, readListCheck } from './status-list.ts'
import { tradeFile } from './trade-file.ts'
import { vehicle } from './vehicle-info.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

const respCodeShape = /"respCode"\s*:\s*"(\d{5,6})"/
const symbolShape = /"code"\s*:\s*"([^"]{1,40})"/

/** Of the beginning of an answer, which may be cut. */
function codeIn(bodyText: string): string | null {
  const [head = ''] = bodyText.split('"data"', 1)
  return codeOf({
    respCode: respCodeShape.exec(bodyText)?.[1] ?? null,
    code: symbolShape.exec(head)?.[1] ?? null,
  })
}

export const guangxi: Dialect = {
  standard: 'DBJT45/T 065-2024',
  laneEquipment,
  accessFlow,
  rules,
  suites: ['GM', 'RSA_AES'],
  sensitive,
  codes: respCodes.map(({ code }) => ({ code, means: code })),
  membersOf,
  chargeBody,
  exceptionBody,
  refundBody,
  signInBody,
  queryOf,
  requestFor,
  judge,
  listRequest,
  readList,
  certificates,
  psam,
  tradeFile,
  interfaces,
  jointTest,
  listCheck,
  readListCheck,
  respCodeOf: codeIn,
  isErrorCode: (code) => respCodeRow(code)?.class !== 'done',
  bill,
  splitBill,
  monitor,
  records,
  duty,
  feedback,
  consumption,
  vehicle,
  isAppId: (text) => appIdShape.test(text),
  refuseText: (bodyText) => refuseForbiddenText(bodyProblem(bodyText)),
  envelope,
}
