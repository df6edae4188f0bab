// Application and confirmation of a two-step charge (5.2.3 d, P34): the application copies members of the frozen charge, so
// a repeated one has the same bytes. Only the confirmation charges; its answer is judged like that of a charge. The path and
// the code are assumed.
import { isFen } from '#base/pure/values/fen.ts'
import { note } from '#base/pure/words/notes.ts'
import type { Call, ConsumptionInterface, PlatformAnswer } from '../../../ports/dialect.ts'
import { contradictionIn, readAnswerBody, type AnswerBody } from './answer-body.ts'
import { hold } from '../answer-trust.ts'
import { judge } from './judge.ts'
import { respCodeRow } from './resp-codes.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

const path = '/v1/etc/consumptions'

/** Members copied from the charge, by the names of P34. */
const ofCharge = [
  'parkId',
  'laneNo',
  'vehiclePlate',
  'vehicleColor',
  'vehicleType',
  'obuId',
  'etcCardId',
  'enTime',
  'exTime',
  'payFee',
  'mode',
] as const

/** Codes of an unknown or expired application: it charged nothing and never will. */
const over: readonly string[] = ['300012', '300032']

const post = (to: string, body: object, idempotencyKey: string | null) => {
  const bodyText = JSON.stringify(body)
  refuseForbiddenText(bodyProblem(bodyText))
  return { method: 'POST', path: to, bodyText, idempotencyKey } as const
}

/** At most 36 characters: our own numbers have up to 32. */
const numberOf = ({ businessNo }: Call, no: number): string => `${businessNo}-${no}`

function chargeOf({ body }: Call): Readonly<Record<string, unknown>> {
  const members: unknown = JSON.parse(body)
  return typeof members === 'object' && members !== null ? { ...members } : {}
}

/** Body of a signed success; null: judge the answer like that of a charge. */
function doneOf({ verified, status, body }: PlatformAnswer): AnswerBody | null {
  if (verified !== 'valid' || status < 200 || status >= 300) return null
  const read = readAnswerBody(body)
  if (read === null || contradictionIn(read, status) !== null) return null
  return respCodeRow(read.respCode ?? '')?.class === 'done' ? read : null
}

export const consumption: ConsumptionInterface = {
  apply(call, no) {
    const charge = chargeOf(call)
    const members = ofCharge.flatMap((name) =>
      charge[name] === undefined ? [] : [[name, charge[name]] as const],
    )
    const consumptionNo = numberOf(call, no)
    return post(path, { consumptionNo, ...Object.fromEntries(members) }, consumptionNo)
  },
  judgeApply(call, no, answer) {
    const body = doneOf(answer)
    if (body === null) {
      const verdict = judge(call, answer)
      // An application never charges, whatever its answer says.
      return verdict.kind === 'confirmed' ? hold(note('bodyNotJson')) : verdict
    }
    const { data, respCode } = body
    const named = data.text('consumptionNo')
    if (named === null) return hold(note('memberMissing', 'consumptionNo'), respCode)
    if (named !== numberOf(call, no))
      return hold(note('otherNumber', named.slice(0, 40)), respCode, 'answerForOther')
    const decision = data.text('decision')
    if (respCode === '100002' && decision !== null)
      return hold(note('contradicts', decision.slice(0, 40), respCode), respCode)
    if (decision === 'REFUSED') {
      const code = data.text('respCode') ?? respCode ?? ''
      return { kind: 'refused', respCode: code, reason: respCodeRow(code)?.meaning ?? 'failed' }
    }
    if (decision !== 'ALLOWED') return hold(note('chargeStatus', decision ?? 'none'), respCode)
    const holdFen = data.integer('holdFee')
    const untilMs = data.time('validUntil')
    if (holdFen === null || !isFen(holdFen)) return hold(note('memberMissing', 'holdFee'), respCode)
    if (untilMs === null) return hold(note('memberMissing', 'validUntil'), respCode)
    // The amount held must cover the amount charged.
    return holdFen < (call.amountFen ?? Infinity)
      ? hold(note('otherAmount', 'holdFee', holdFen, call.amountFen ?? 'none'), respCode)
      : { kind: 'allowed', untilMs }
  },
  confirm(call, no, result) {
    // A cancellation charges nothing.
    const realFee = result === 'DONE' ? (call.amountFen ?? 0) : 0
    const body = { outTradeNo: call.businessNo, realFee, result }
    return post(`${path}/${numberOf(call, no)}/confirm`, body, null)
  },
  judgeConfirm(call, answer) {
    const verdict = judge(call, answer)
    // Confirmed otherwise under this number before: its result is asked for.
    if (verdict.kind === 'hold' && verdict.respCode === '300013') return { kind: 'processing' }
    // A "not found" code here refers to the application.
    const isToldNo = verdict.kind === 'refused' || verdict.kind === 'hold'
    return isToldNo && over.includes(verdict.respCode ?? '') ? { kind: 'lapsed' } : verdict
  },
}
