// Feedback messages of the platform to a lot (000 A.2.3 b; 001 8.3.1 a) in order: a lot sends the number of the last
// message that it has, and gets up to `pageMax` later ones. Also feedback of drivers that a lot took, and its states
// (P36).
import { done, refuse } from '../answers.ts'
import { oncePerNumber, type Handler, type Services } from '../call.ts'
import { checkLotOf, checkPark, isKept } from './known.ts'
import { feedbackRules, feedbackStateRules } from './member-tables.ts'
import { numberOf, textOf } from './members.ts'
import { actOf } from './settlement-records.ts'

const pageMax = 50

/** A download without its lot. */
export const lotMissing = refuse('200010', '/parkId', null, 'this member is required', 'path')

/** GET /v1/feedback?parkId=&after= */
export const getFeedback: Handler = ({ state }, { appId, query }) => {
  const after = query.get('after') ?? '0'
  if (!/^\d{1,15}$/.test(after)) return refuse('200004', '/after', after, 'a number', 'path')
  const all = state.feedback.get(appId) ?? []
  if ((query.get('parkId') ?? '') === '') return lotMissing
  const from = Number(after)
  const messages = all
    .slice(from, from + pageMax)
    .map((message, n) => ({ seq: from + n + 1, ...message }))
  return done({ parkId: query.get('parkId') ?? '', lastSeq: all.length, messages })
}

/** POST /v1/feedback */
export const postFeedback: Handler = (services, call) => {
  const { members, appId } = call
  const no = textOf(members, 'feedbackNo')
  return oncePerNumber(
    services,
    call,
    { kind: 'feedback-records', no, rules: feedbackRules },
    () => {
      const [outTradeNo, stayNo] = [textOf(members, 'outTradeNo'), textOf(members, 'stayNo')]
      if ((outTradeNo === '') === (stayNo === ''))
        return refuse('200010', '/outTradeNo', null, 'outTradeNo or stayNo')
      const isKnown = isKept(services, appId, outTradeNo, ['exit-charges', 'exit-records'])
      if (outTradeNo !== '' && !isKnown)
        return refuse('300012', '/outTradeNo', outTradeNo, 'no such charge')
      const wrong = checkPark(services, call) ?? checkLotOf(services, call, outTradeNo)
      if (wrong !== null) return wrong
      return {
        status: 'OPEN',
        facts: {
          shown: {
            number: no,
            outTradeNo: outTradeNo || null,
            stayNo: stayNo || null,
            kind: numberOf(members, 'kind'),
            text: textOf(members, 'text'),
            contact: textOf(members, 'contact') || null,
          },
        },
        outcome: done({ feedbackNo: no, state: 'OPEN' }),
      }
    },
  )
}

/** A refund of the charge that the feedback is about. A platform without refunds does not judge it. */
function checkRefund(services: Services, appId: string, no: string, outTradeNo: unknown) {
  if (no === '' || !services.offers('POST /v1/etc/refunds')) return null
  const act = actOf(services.state, 'refunds', appId, no)
  if (act === undefined || act.status === 'REJECTED')
    return refuse('300012', '/outRefundNo', no, 'no such refund')
  const of = act.row.refund?.outTradeNo
  return typeof outTradeNo === 'string' && of !== outTradeNo
    ? refuse('300012', '/outRefundNo', no, `a refund of ${of}`)
    : null
}

/** PUT /v1/feedback/{feedbackNo}: for feedback opened by this lot or sent to it by this platform. */
export const putFeedback: Handler = (services, call) => {
  const { members, appId, path } = call
  const no = path[0] ?? ''
  // Each state of a feedback is an act of its own: it may open again after its end.
  const { 'idempotency-key': act = no } = call.headers
  return oncePerNumber(
    services,
    call,
    { kind: 'feedback-states', no: act, rules: feedbackStateRules },
    () => {
      const { state } = services
      const named = textOf(members, 'feedbackNo')
      if (named !== no)
        return refuse('200004', '/feedbackNo', named, `the number of the path, ${no}`)
      const about =
        actOf(state, 'feedback-records', appId, no)?.row.shown ??
        (state.feedback.get(appId) ?? []).find(({ feedbackNo }) => feedbackNo === no)
      if (about === undefined) return refuse('300012', '/feedbackNo', no, 'no such feedback')
      const [now, outRefundNo] = [textOf(members, 'state'), textOf(members, 'outRefundNo')]
      if (now === 'REFUNDED' && outRefundNo === '')
        return refuse('200010', '/outRefundNo', null, 'this member is required')
      const unknown = checkRefund(services, appId, outRefundNo, about['outTradeNo'])
      if (unknown !== null) return unknown
      return {
        status: now,
        facts: {
          shown: {
            number: no,
            state: now,
            answer: textOf(members, 'answer'),
            outRefundNo: outRefundNo || null,
          },
        },
        outcome: done({ feedbackNo: no, state: now }),
      }
    },
  )
}
