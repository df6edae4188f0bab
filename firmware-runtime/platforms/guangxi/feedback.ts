// Messages of the platform to a lot (000 A.2.3 b 1 to 5; 001 8.3.1 a: a refused charge is to be reviewed). Path, numbers of types and
// members are assumed: no seed has them. Messages are taken whole or not at all; the first member that breaks its rule is named.
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import type { FeedbackMessage, FeedbackWord } from '../../core/values/feedback.ts'
import { isFen } from '../../core/values/fen.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { Dialect } from '../../ports/dialect.ts'
import type { AnswerMembers } from './answer-body.ts'
import { dataOf } from './signed-data.ts'

const path = '/v1/feedback'
const numberShape = /^[A-Za-z0-9_-]{1,32}$/
const messagesMax = 200
const textMax = 400

/** By the order of A.2.3 b; 6 is the review of 8.3.1 a. */
const types: Readonly<Record<number, FeedbackWord>> = {
  1: 'payment',
  2: 'list',
  3: 'clearing',
  4: 'bill',
  5: 'upload',
  6: 'review',
}
const resenders = ['lot', 'platform'] as const

const wrong = (field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault('FEED-01', { field, value: value.slice(0, 80), note })

function messageOf(line: AnswerMembers, at: string, seq: number): FeedbackMessage {
  const must = (isRight: boolean, name: string, zh: string, en: string): void => {
    if (!isRight) throw wrong(`${at}/${name}`, line.shown(name), t(zh, en))
  }
  must(line.integer('seq') === seq, 'seq', `应为 ${seq}`, `must be ${seq}`)
  const no = line.text('feedbackNo') ?? ''
  must(numberShape.test(no), 'feedbackNo', '不是编号', 'not a number')
  const what = types[line.integer('type') ?? 0]
  must(what !== undefined, 'type', '1 到 6', '1 to 6')
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
  return { seq, no, what: what ?? 'review', atMs: atMs ?? 0, outTradeNo, feeFen, text, resend }
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
    // Its numbers went back: what there is is asked for from the first one on.
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
}
