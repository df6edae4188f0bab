// Application and confirmation of a consumption (5.2.3 d, P34): members of the application are those of the frozen charge, so a
// repeated one has the same bytes. The confirmation alone charges, and its answer is one to a charge. Path and code are assumed.
import { isFen } from '../../core/values/fen.ts'
import { note } from '../../core/values/notes.ts'
import type { Call, ConsumptionInterface, PlatformAnswer } from '../../ports/dialect.ts'
import { readAnswerBody, type AnswerBody } from './answer-body.ts'
import { hold, judge } from './judge.ts'
import { respCodeRow } from './resp-codes.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

const path = '/v1/etc/consumptions'

/** Of a charge, as P34 names them. */
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

/** An application that is not there, or is over: nothing was charged by it, nor will be. */
const over: readonly string[] = ['300012', '300032']

const post = (to: string, body: object, idempotencyKey: string | null) => {
  const bodyText = JSON.stringify(body)
  refuseForbiddenText(bodyProblem(bodyText))
  return { method: 'POST', path: to, bodyText, idempotencyKey } as const
}

/** At most 36: a number of ours has up to 32. */
const numberOf = ({ businessNo }: Call, no: number): string => `${businessNo}-${no}`

function chargeOf({ body }: Call): Readonly<Record<string, unknown>> {
  const members: unknown = JSON.parse(body)
  return typeof members === 'object' && members !== null ? { ...members } : {}
}

/** A signed success; null: what a charge makes of it. */
function doneOf({ verified, status, body }: PlatformAnswer): AnswerBody | null {
  if (verified !== 'valid' || status < 200 || status >= 300) return null
  const read = readAnswerBody(body)
  const isDone = respCodeRow(read?.respCode ?? '')?.class === 'done'
  return isDone ? read : null
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
      // Nothing is charged by an application, whatever an answer says.
      return verdict.kind === 'confirmed' ? hold(note('bodyNotJson')) : verdict
    }
    const { data, respCode } = body
    const named = data.text('consumptionNo')
    if (named === null) return hold(note('memberMissing', 'consumptionNo'), respCode)
    if (named !== numberOf(call, no))
      return hold(note('otherNumber', named.slice(0, 40)), respCode, 'answerForOther')
    const decision = data.text('decision')
    if (decision === 'REFUSED') {
      const code = data.text('respCode') ?? respCode ?? ''
      return { kind: 'refused', respCode: code, reason: respCodeRow(code)?.meaning ?? 'failed' }
    }
    if (decision !== 'ALLOWED') return hold(note('chargeStatus', decision ?? 'none'), respCode)
    const holdFen = data.integer('holdFee')
    const untilMs = data.time('validUntil')
    if (holdFen === null || !isFen(holdFen)) return hold(note('memberMissing', 'holdFee'), respCode)
    if (untilMs === null) return hold(note('memberMissing', 'validUntil'), respCode)
    // What is held must be enough for what is charged.
    return holdFen < (call.amountFen ?? Infinity)
      ? hold(note('otherAmount', 'holdFee', holdFen, call.amountFen ?? 'none'), respCode)
      : { kind: 'allowed', untilMs }
  },
  confirm(call, no, result) {
    const body = { outTradeNo: call.businessNo, realFee: call.amountFen ?? 0, result }
    return post(`${path}/${numberOf(call, no)}/confirm`, body, null)
  },
  judgeConfirm(call, answer) {
    const verdict = judge(call, answer)
    // That there is none is about its application here.
    const isToldNo = verdict.kind === 'refused' || verdict.kind === 'hold'
    return isToldNo && over.includes(verdict.respCode ?? '') ? { kind: 'lapsed' } : verdict
  },
}
