// Exit charges (P12) and their result query (P13): amounts, TAC, quality filters of A.2.3, accounts.
// Filters judge by times inside the record, never by this process's clock.
import { bcdDateTimeOf, compactOf, dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'
import { done, refuse, type Outcome, type RespCode } from '../answers.ts'
import { balanceOf, listOf, ofApp } from './by-application.ts'
import { oncePerNumber, type Call, type Services, type Handler, type Worked } from '../call.ts'
import { checkEntry, checkLane, checkListVersion, isGate } from './known.ts'
import { magicOf } from '../magic.ts'
import { chargeTogether, checkTogether } from './together.ts'
import { isChargedTwice, stayIn } from './repeat.ts'
import { cardSideRules, chargeRules, vehicleUnitRules } from './member-tables.ts'
import { numberOf, optional, textOf, timeOf, type MemberRule, type Members } from './members.ts'
import { actOf, chargesNear } from './settlement-records.ts'
import type { Act, ChargeFacts, ChargeStatus } from './settlement-records.ts'

/** Required members depend on the mode and on whether an OBU was read. */
export function rulesFor(members: Members): readonly MemberRule[] {
  const byPlate = members['mode'] === 2 && members['obuId'] === undefined
  const unit = byPlate ? vehicleUnitRules.map(optional) : vehicleUnitRules
  return [...chargeRules, ...unit, ...(members['mode'] === 1 ? cardSideRules : [])]
}

export function nextTradeNo({ state }: Services, appId: string, atMs: number): string {
  const serial = (state.trades.get(appId) ?? 0) + 1
  return `T${compactOf(atMs)}${String(serial).padStart(8, '0')}`
}

function factsOf(services: Services, call: Call): ChargeFacts {
  const m = call.members
  return {
    ...stayIn(m),
    realFee: numberOf(m, 'realFee'),
    tradeNo: nextTradeNo(services, call.appId, timeOf(m, 'transTime')),
    offline: m['offline'] === true,
    ...(isGate(services, call) ? { isAtGate: true } : {}),
  }
}

/** A live charge of the same stay or proof with another number, or null. */
function earlierCharge({ state }: Services, appId: string, facts: ChargeFacts): Act | null {
  return (
    chargesNear(state, appId, facts).find(
      ({ row: { charge } }) => charge !== undefined && isChargedTwice(facts, charge),
    ) ?? null
  )
}

/** `2027-05-31` is valid until that day ends. */
function expiresAtMs(text: string): number {
  const [year, month, dayOfMonth] = text.split('-').map(Number)
  return instantOf(year ?? 0, month ?? 1, dayOfMonth ?? 1) + dayMs
}

function checkTac(services: Services, m: Members): Outcome | null {
  const tac = textOf(m, 'tac')
  if (tac === '00000000') return refuse('300011', '/tac', tac, 'no card makes this TAC')
  const expected = services.tac?.({
    amountFen: numberOf(m, 'realFee'),
    transType: textOf(m, 'transType'),
    psamTerminal: textOf(m, 'terminalNo'),
    psamSerial: Number.parseInt(textOf(m, 'terminalTransNo'), 16),
    timeBcd: bcdDateTimeOf(timeOf(m, 'transTime')),
  })
  return expected === undefined || expected === tac
    ? null
    : refuse('300011', '/tac', tac, 'amount, time or terminal do not fit the TAC')
}

/** The filters in the order of A.2.3, each with its code. */
export function chargeFilter(
  services: Services,
  appId: string,
  m: Members,
  facts: ChargeFacts,
): Outcome | null {
  const earlier = earlierCharge(services, appId, facts)
  if (earlier) return refuse('300001', '/entryNo', facts.entryNo, `charged as ${earlier.row.no}`)
  const expire = textOf(m, 'cardExpire')
  if (expire !== '' && facts.transMs >= expiresAtMs(expire)) {
    return refuse('300002', '/cardExpire', expire, 'the card had expired at transTime')
  }
  const { listed } = listOf(services.state.lists, appId)
  const listedFrom = facts.cardId === null ? undefined : listed.get(facts.cardId)
  if (listedFrom !== undefined && listedFrom <= facts.transMs) {
    return refuse('300003', '/etcCardId', facts.cardId, 'on the status list at transTime')
  }
  if (facts.cardId !== null && !facts.cardId.startsWith(textOf(m, 'cardNetNo'))) {
    return refuse('300004', '/cardNetNo', textOf(m, 'cardNetNo'), 'not the start of etcCardId')
  }
  const { largeFeeFen } = services.policy
  if (largeFeeFen !== null && facts.realFee > largeFeeFen) {
    return refuse('300005', '/realFee', facts.realFee, `above ${largeFeeFen} fen`)
  }
  if (facts.mode === 1) return checkTac(services, m)
  const { accounts } = services.state
  const balance = facts.cardId === null ? undefined : balanceOf(accounts, appId, facts.cardId)
  return facts.mode === 2 && balance !== undefined && balance < facts.realFee
    ? refuse('300010', '/realFee', facts.realFee, 'the account holds less')
    : null
}

/** The members of P12 marked as response. */
export function answerData(no: string, facts: ChargeFacts, status: ChargeStatus) {
  const charged = status === 'SUCCESS' || status === 'REFUNDED'
  const chargeTime = isoOf(facts.transMs)
  return {
    outTradeNo: no,
    tradeNo: facts.tradeNo,
    status,
    openBarrier: charged,
    ...(charged
      ? { chargedFee: facts.realFee, chargeTime, accountDate: chargeTime.slice(0, 10) }
      : {}),
  }
}

function checkPsam(services: Services, appId: string, facts: ChargeFacts, m: Members) {
  if (!services.policy.requirePsam || facts.mode !== 1) return null
  const untilMs = ofApp(services.state.authorised, appId, textOf(m, 'terminalNo')) ?? 0
  return facts.transMs <= untilMs
    ? null
    : refuse('400009', '/terminalNo', textOf(m, 'terminalNo'), 'no authorisation at transTime')
}

/** How an undecided charge will end; undefined: it is decided now, or by the administration. */
function lateOf({ isLate, isSandbox, members }: Call): ChargeFacts['late'] {
  if (numberOf(members, 'mode') !== 2) return undefined
  return (isSandbox ? magicOf(members)?.late : undefined) ?? (isLate ? 'SUCCESS' : undefined)
}

function magicRefusal({ isSandbox, members }: Call): Outcome | null {
  const magic = isSandbox ? magicOf(members) : null
  if (magic?.refuse === undefined) return null
  return refuse(magic.refuse, '/realFee', numberOf(members, 'realFee'), 'a magic value')
}

function settle(services: Services, call: Call, no: string): Worked | Outcome {
  const late = lateOf(call)
  const facts = { ...factsOf(services, call), ...(late === undefined ? {} : { late }) }
  const stranger = checkPsam(services, call.appId, facts, call.members)
  if (stranger) return stranger
  const refused = magicRefusal(call) ?? chargeFilter(services, call.appId, call.members, facts)
  const isAsked = services.policy.charges === 'PROCESSING' && facts.mode === 2
  const processing = isAsked || late !== undefined
  const status: ChargeStatus = refused ? 'FAILED' : processing ? 'PROCESSING' : 'SUCCESS'
  const respCode: RespCode = refused?.respCode ?? (processing ? '100002' : '100000')
  return {
    status,
    facts: { charge: facts },
    outcome: {
      respCode,
      data: answerData(no, facts, status),
      ...(refused?.detail ? { detail: refused.detail } : {}),
    },
  }
}

/** POST /v1/etc/exit-charges */
export const postCharge: Handler = (services, call) => {
  if (services.policy.consumptions === 'required' && call.members['mode'] === 2)
    return refuse('400004', '/mode', 2, 'applied for and confirmed', 'body')
  const no = textOf(call.members, 'outTradeNo')
  return oncePerNumber(
    services,
    call,
    { kind: 'exit-charges', no, rules: rulesFor(call.members) },
    () =>
      checkTogether(chargeTogether, call.members) ??
      checkLane(services, call) ??
      checkListVersion(services, call) ??
      checkEntry(services, call) ??
      settle(services, call, no),
  )
}

/** GET /v1/etc/exit-charges/{outTradeNo}: the present state, not the former answer. */
export const getCharge: Handler = (services, call) => {
  const no = call.path[0] ?? ''
  const act = actOf(services.state, 'exit-charges', call.appId, no)
  const charge = act?.row.charge
  if (!act || !charge) return refuse('300012', '/outTradeNo', no, 'not found', 'path')
  if (act.status === 'PROCESSING' && charge.late !== undefined) {
    const { appId } = call
    services.record({ t: 'status', kind: 'exit-charges', appId, no, status: charge.late })
  }
  const { detail } = act.row.outcome
  const data = { ...answerData(no, charge, statusOf(act)), refundedFee: act.refundedFen }
  return done(
    detail ? { ...data, failCode: act.row.outcome.respCode, failReason: detail.issue } : data,
  )
}

const chargeStatuses = [
  'ACCEPTED',
  'SUCCESS',
  'FAILED',
  'PROCESSING',
  'REFUNDED',
  'CLOSED',
] as const satisfies readonly ChargeStatus[]

export const statusOf = (act: Act): ChargeStatus =>
  chargeStatuses.find((s) => s === act.status) ?? 'CLOSED'
