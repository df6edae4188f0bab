// Application and confirmation of a consumption (P34): an application reserves money, its confirmation charges it under
// the number of the charge, and an unconfirmed one expires. One number is charged once, whatever confirms it.
import { isoOf } from '#base/pure/values/instant.ts'
import { done, refuse, type Outcome } from '../answers.ts'
import { balanceOf } from './by-application.ts'
import { oncePerNumber, type Call, type Handler, type Services, type Worked } from '../call.ts'
import { answerData, chargeFilter, nextTradeNo } from './charges.ts'
import { checkLane } from './known.ts'
import { consumptionConfirmRules, consumptionRules } from './member-tables.ts'
import { checkMembers, numberOf, textOf, timeOf } from './members.ts'
import { applicationTogether, checkTogether } from './together.ts'
import { reservedOf } from './reserved.ts'
import { actOf, type Act, type ChargeFacts, type ConsumptionFacts } from './settlement-records.ts'

const factsOf = ({ policy }: Services, { members: m, nowMs }: Call): ConsumptionFacts => ({
  mode: numberOf(m, 'mode'),
  parkId: textOf(m, 'parkId'),
  cardId: textOf(m, 'etcCardId') || null,
  vehicle: `${textOf(m, 'vehiclePlate')}_${numberOf(m, 'vehicleColor')}`,
  enMs: timeOf(m, 'enTime'),
  exMs: timeOf(m, 'exTime'),
  holdFee: numberOf(m, 'payFee'),
  untilMs: nowMs + policy.consumptionSec * 1000,
})

const chargeOf = (
  { cardId, vehicle, parkId, enMs, exMs, mode }: ConsumptionFacts,
  realFee: number,
  tradeNo: string,
): ChargeFacts => ({
  mode,
  realFee,
  tradeNo,
  parkId,
  entryNo: null,
  cardId,
  vehicle,
  enMs,
  exMs,
  transMs: exMs,
  offline: false,
})

/** Reserved amounts of an account in other applications that may still be confirmed. */
const heldFen = (
  { state }: Services,
  appId: string,
  cardId: string | null,
  nowMs: number,
): number =>
  reservedOf(state.reserved, appId, cardId).reduce(
    (sum, { fen, untilMs }) => sum + (nowMs <= untilMs ? fen : 0),
    0,
  )

function decided(services: Services, call: Call, no: string): Worked {
  const facts = factsOf(services, call)
  const { cardId, holdFee } = facts
  const { accounts } = services.state
  const balance = cardId === null ? undefined : balanceOf(accounts, call.appId, cardId)
  const isShort =
    balance !== undefined && balance < holdFee + heldFen(services, call.appId, cardId, call.nowMs)
  const refused =
    chargeFilter(services, call.appId, call.members, {
      ...chargeOf(facts, holdFee, ''),
      mode: 2,
    }) ?? (isShort ? refuse('300010', '/payFee', holdFee, 'the account holds less') : null)
  if (refused !== null) {
    const data = { consumptionNo: no, decision: 'REFUSED', respCode: refused.respCode }
    return { status: 'REFUSED', facts: { consumption: facts }, outcome: { ...refused, data } }
  }
  const validUntil = isoOf(facts.untilMs)
  const data = { consumptionNo: no, decision: 'ALLOWED', holdFee, validUntil }
  return { status: 'ALLOWED', facts: { consumption: facts }, outcome: done(data) }
}

/** POST /v1/etc/consumptions */
export const postConsumption: Handler = (services, call) => {
  const no = textOf(call.members, 'consumptionNo')
  return oncePerNumber(
    services,
    call,
    { kind: 'consumptions', no, rules: consumptionRules },
    () =>
      checkTogether(applicationTogether, call.members) ??
      checkLane(services, call) ??
      decided(services, call, no),
  )
}

const over = (no: string, status: string): Outcome =>
  refuse('300032', '/consumptionNo', no, `it is ${status}`, 'path')

function charged(services: Services, call: Call, act: Act): Worked | Outcome {
  const { consumption, no } = act.row
  if (consumption === undefined) return over(no, 'none')
  const isLate = call.nowMs > consumption.untilMs
  if (act.status !== 'ALLOWED' || isLate) return over(no, isLate ? 'ended' : act.status)
  const [outTradeNo, realFee] = [
    textOf(call.members, 'outTradeNo'),
    numberOf(call.members, 'realFee'),
  ]
  if (realFee > consumption.holdFee)
    return refuse('200003', '/realFee', realFee, `${consumption.holdFee} fen are held`)
  const tradeNo = nextTradeNo(services, call.appId, consumption.exMs)
  const charge = chargeOf(consumption, realFee, tradeNo)
  services.record({ t: 'status', kind: 'consumptions', appId: call.appId, no, status: 'DONE' })
  return {
    status: 'SUCCESS',
    facts: { charge },
    outcome: done(answerData(outTradeNo, charge, 'SUCCESS')),
  }
}

/** Ends an application that charged nothing; the number of the charge stays free for the next application. */
function takenBack(services: Services, call: Call, act: Act): Outcome {
  const { members, appId, clockMs } = call
  const wrong = checkMembers(consumptionConfirmRules, members, clockMs)
  if (wrong !== null) return wrong
  const [outTradeNo, realFee] = [textOf(members, 'outTradeNo'), numberOf(members, 'realFee')]
  if (realFee !== 0) return refuse('200004', '/realFee', realFee, 'CANCELLED charges nothing')
  const { no } = act.row
  const made = actOf(services.state, 'exit-charges', appId, outTradeNo)
  if (act.status === 'DONE' || made !== undefined)
    return refuse('300013', '/result', 'CANCELLED', `${outTradeNo} is charged`)
  if (act.status === 'REFUSED') return over(no, act.status)
  const replayed = act.status === 'CANCELLED'
  if (!replayed)
    services.record({ t: 'status', kind: 'consumptions', appId, no, status: 'CANCELLED' })
  const outcome = done({ outTradeNo, consumptionNo: no, status: 'CLOSED', openBarrier: false })
  return replayed ? { ...outcome, respCode: '100001', replayed } : outcome
}

/** POST /v1/etc/consumptions/{consumptionNo}/confirm */
export const postConfirmation: Handler = (services, call) => {
  const consumptionNo = call.path[0] ?? ''
  const act = actOf(services.state, 'consumptions', call.appId, consumptionNo)
  if (act === undefined)
    return refuse('300012', '/consumptionNo', consumptionNo, 'not found', 'path')
  const no = textOf(call.members, 'outTradeNo')
  if (textOf(call.members, 'result') === 'CANCELLED') return takenBack(services, call, act)
  return oncePerNumber(
    services,
    call,
    { kind: 'exit-charges', no, rules: consumptionConfirmRules },
    () => charged(services, call, act),
  )
}
