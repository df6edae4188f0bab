// Messages of the platform to a lot (000 A.2.3 b 1 to 5; 001 8.3.1 a: a refused charge is to be reviewed), and driver
// feedback with its result, both ways (P36). Paths, type numbers and members are assumed. Messages are accepted completely
// or refused; the error names the first invalid member.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import {
  complaintKinds,
  complaintTextMax,
  contactMax,
  type Complaint,
  type FeedbackMessage,
  type FeedbackWord,
} from '#base/pure/values/feedback.ts'
import { isFen } from '#base/pure/values/fen.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import type { Dialect } from '../../../ports/dialect.ts'
import type { AnswerMembers } from './answer-body.ts'
import * as f from './formats.ts'
import { feedbackEndNo, ops } from './requests.ts'
import { dataOf } from './signed-data.ts'
import { refuseForbiddenText, textProblem } from './text-rules.ts'

const { path } = ops.feedback
const numberShape = /^[A-Za-z0-9_-]{1,32}$/
const messagesMax = 200
const textMax = complaintTextMax
const dayShape = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

type Must = (isRight: boolean, name: string, zh: string, en: string) => void

/** In the order of A.2.3 b; 6 is the review of 8.3.1 a, 7 is driver feedback (P36). */
const types: Readonly<Record<number, FeedbackWord>> = {
  1: 'payment',
  2: 'list',
  3: 'clearing',
  4: 'bill',
  5: 'upload',
  6: 'review',
  7: 'driver',
}
const resenders = ['lot', 'platform'] as const

const wrong = (field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault('FEED-01', { field, value: value.slice(0, 80), note })

/** Its `contact` is sealed to the certificate of the requesting lot and is not read here. */
function complaintOf(line: AnswerMembers, must: Must): Complaint {
  const kind = complaintKinds[(line.integer('kind') ?? 0) - 1]
  must(kind !== undefined, 'kind', '1 到 4', '1 to 4')
  const answerBy = line.has('answerBy') ? (line.text('answerBy') ?? '') : null
  const isDay =
    answerBy === null ||
    (dayShape.test(answerBy) && parseIso(`${answerBy}T00:00:00+08:00`) !== null)
  must(isDay, 'answerBy', '不是日期', 'not a day')
  return { kind: kind ?? 'other', ...(answerBy === null ? {} : { answerBy }) }
}

function messageOf(line: AnswerMembers, at: string, seq: number): FeedbackMessage {
  const must: Must = (isRight, name, zh, en) => {
    if (!isRight) throw wrong(`${at}/${name}`, line.shown(name), t(zh, en))
  }
  must(line.integer('seq') === seq, 'seq', `应为 ${seq}`, `must be ${seq}`)
  const no = line.text('feedbackNo') ?? ''
  must(numberShape.test(no), 'feedbackNo', '不是编号', 'not a number')
  const what = types[line.integer('type') ?? 0]
  must(what !== undefined, 'type', '1 到 7', '1 to 7')
  const atMs = line.time('time')
  must(atMs !== null, 'time', '不是带时区的时间', 'not a time with an offset')
  const outTradeNo = line.has('outTradeNo') ? (line.text('outTradeNo') ?? '') : null
  must(
    outTradeNo === null || numberShape.test(outTradeNo),
    'outTradeNo',
    '不是编号',
    'not a number',
  )
  const feeFen = line.has('fee') ? line.integer('fee') : null
  const isFee = !line.has('fee') || (isFen(feeFen) && feeFen >= 0)
  must(isFee, 'fee', '不小于 0 的整数分', 'integer fen from 0')
  const text = line.text('text') ?? ''
  must(
    text !== '' && text.length <= textMax,
    'text',
    `1 到 ${textMax} 个字符`,
    `1 to ${textMax} characters`,
  )
  const resend = resenders.find((one) => one === line.text('resend')) ?? null
  must(resend !== null || !line.has('resend'), 'resend', 'lot 或 platform', 'lot or platform')
  const complaint = what === 'driver' ? { complaint: complaintOf(line, must) } : {}
  const of = { outTradeNo, feeFen, text, resend, ...complaint }
  return { seq, no, what: what ?? 'review', atMs: atMs ?? 0, ...of }
}

function frozen(members: Readonly<Record<string, unknown>>): string {
  refuseForbiddenText(textProblem(members))
  return JSON.stringify(members)
}

const told: NonNullable<NonNullable<Dialect['feedback']>['told']> = {
  rows: [
    { id: 'feedbackOpen', method: ops.feedback.method, path },
    { id: 'feedbackState', method: ops.feedbackState.method, path },
  ],
  openBody: ({ lotId }, { feedbackNo, outTradeNo, stayId, kind, text, contact }) =>
    frozen({
      feedbackNo: f.businessNo('feedbackNo', feedbackNo),
      parkId: f.text('parkId', lotId, 32),
      ...(outTradeNo === null
        ? { stayNo: f.businessNo('stayNo', stayId, 64) }
        : { outTradeNo: f.businessNo('outTradeNo', outTradeNo) }),
      kind: complaintKinds.indexOf(kind) + 1,
      text: f.text('text', text, textMax),
      ...(contact === null ? {} : { contact: f.text('contact', contact, contactMax) }),
    }),
  stateNo: feedbackEndNo,
  stateBody: ({ feedbackNo, answer, outRefundNo, isOpen }) =>
    frozen({
      feedbackNo: f.businessNo('feedbackNo', feedbackNo),
      state: isOpen === true ? 'OPEN' : outRefundNo === null ? 'ANSWERED' : 'REFUNDED',
      answer: f.text('answer', answer, textMax),
      ...(outRefundNo === null ? {} : { outRefundNo: f.businessNo('outRefundNo', outRefundNo) }),
    }),
}

export const feedback: NonNullable<Dialect['feedback']> = {
  row: { id: 'feedback', method: 'GET', path },
  request: ({ lotId }, afterSeq) => ({
    method: 'GET',
    path: `${path}?parkId=${lotId}&after=${afterSeq}`,
    bodyText: '',
    idempotencyKey: null,
  }),
  read({ lotId }, afterSeq, answer) {
    const found = dataOf(answer)
    if (found.kind !== 'data') return found
    const { data } = found
    if (data.text('parkId') !== lotId)
      throw wrong('/data/parkId', data.shown('parkId'), t(`应为 ${lotId}`, `must be ${lotId}`))
    const lastSeq = data.integer('lastSeq') ?? -1
    if (lastSeq < 0)
      throw wrong('/data/lastSeq', data.shown('lastSeq'), t('不小于 0 的整数', 'an integer from 0'))
    // The platform restarted its numbers: request all messages from the first one.
    if (lastSeq < afterSeq) return { kind: 'messages', lastSeq, messages: [] }
    const lines = data.list('messages')
    const isRight = lines !== null && lines.length <= Math.min(messagesMax, lastSeq - afterSeq)
    if (!isRight || (lines.length === 0 && lastSeq > afterSeq))
      throw wrong(
        '/data/messages',
        data.shown('messages'),
        t(`应为 ${afterSeq} 之后的消息`, `the messages behind ${afterSeq}`),
      )
    const messages = lines.map((line, n) =>
      messageOf(line, `/data/messages/${n}`, afterSeq + n + 1),
    )
    return { kind: 'messages', lastSeq, messages }
  },
  told,
}
