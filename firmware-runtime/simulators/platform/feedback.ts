// Feedback messages of the platform to a lot (000 A.2.3 b; 001 8.3.1 a) in order: a lot sends the number of the last
// message that it has, and gets up to `pageMax` later ones. Also feedback of drivers that a lot took, and its states
// (P36).
import { done, refuse } from './answers.ts'
import { oncePerNumber, type Handler } from './call.ts'
import { feedbackRules, feedbackStateRules } from './member-tables.ts'
import { numberOf, textOf } from './members.ts'
import { actOf } from './settlement-records.ts'

const pageMax = 50

/** GET /v1/feedback?parkId=&after= */
export const getFeedback: Handler = ({ state }, { appId, query }) => {
  const after = query.get('after') ?? '0'
  if (!/^\d{1,15}$/.test(after)) return refuse('200004', '/after', after, 'a number', 'path')
  const all = state.feedback.get(appId) ?? []
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
      if (outTradeNo !== '' && !actOf(services.state, 'exit-charges', appId, outTradeNo))
        return refuse('300012', '/outTradeNo', outTradeNo, 'no such charge')
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
      const isKnown =
        actOf(state, 'feedback-records', appId, no) !== undefined ||
        (state.feedback.get(appId) ?? []).some(({ feedbackNo }) => feedbackNo === no)
      if (!isKnown) return refuse('300012', '/feedbackNo', no, 'no such feedback')
      const [now, outRefundNo] = [textOf(members, 'state'), textOf(members, 'outRefundNo')]
      if (now === 'REFUNDED' && outRefundNo === '')
        return refuse('200010', '/outRefundNo', null, 'this member is required')
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
