// What a piece of evidence says, in words and without plates, cards and OBUs: the members of a ledger row by a table, what
// the table does not know as "name value", an antenna frame, an access, and the answer of a platform.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { exceptionWords } from '#base/pure/words/exception-words.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { refundWords } from '#base/pure/values/refund-step.ts'
import { rowWords } from '#base/pure/words/row-words.ts'
import { uploadWords } from '#base/pure/words/upload-words.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import type { AccessFact, FrameFact, PlatformWord } from '#ledger/pure/facts.ts'
import { partyWords } from './parties.ts'

export interface EvidenceSaid {
  readonly words: BilingualText
  /** By the clock of the lot; null: it has no time of its own. */
  readonly atIso: string | null
}

const both = (text: string): BilingualText => t(text, text)
const words = (table: Readonly<Record<string, BilingualText>>) => (value: unknown) =>
  ownWord(table, String(value)) ?? both(String(value))
const plain = (value: unknown): BilingualText => both(String(value))
const fen = (value: unknown): BilingualText => both(fenText(Number(value)))
const time = (value: unknown): BilingualText =>
  both(isoOf(Number(value)).slice(0, 19).replace('T', ' '))

const states = {
  paid: t('已扣款', 'paid'),
  refused: t('被拒绝', 'refused'),
  unknown: t('结果未知', 'result not known'),
  notFound: t('查无此单', 'not found'),
  processing: t('处理中', 'in progress'),
  silence: t('无应答', 'no answer'),
  new: t('还没有上传', 'not sent yet'),
  sending: t('正在上传', 'being sent'),
  confirmed: t('平台已收到', 'the platform has it'),
  rejected: t('平台没有接受', 'the platform refused it'),
  held: t('等待人员处理', 'waits for a person'),
  replaced: t('已修正,由新记录代替', 'corrected, another record continues in its place'),
}
/** A state of a row or of an answer, in words; one that is not known here as the platform names it. */
export const stateSaid = words(states)

const causes = {
  entry: t('入场', 'entry'),
  etc: t('ETC 缴费', 'paid by ETC'),
  free: t('免费', 'free'),
  other: t('其他方式缴费', 'paid by other means'),
  later: t('事后追缴', 'collected later'),
  emergency: t('紧急开闸', 'emergency'),
}

const modes = { card: t('按卡扣费', 'by card'), online: t('联机扣费', 'online') }
const results = {
  told: t('已发令', 'commanded'),
  opened: t('看到抬起', 'seen open'),
  failed: t('没有抬起', 'did not open'),
  done: t('完成', 'done'),
}

/** Label and value of the members that are shown; a member with the value null is not. */
const members: Readonly<
  Record<
    string,
    readonly [label: BilingualText, value: (value: unknown, kind: string) => BilingualText]
  >
> = {
  amountFen: [t('金额', 'amount'), fen],
  state: [
    t('状态', 'state'),
    (value, kind) => words(kind === 'refundState' ? refundWords : states)(value),
  ],
  cause: [t('凭', 'by'), words(causes)],
  end: [t('凭', 'by'), words(causes)],
  exceptionType: [t('原因', 'reason'), words(exceptionWords)],
  chargeMode: [t('方式', 'mode'), words(modes)],
  op: [t('内容', 'of'), words(uploadWords)],
  result: [t('结果', 'result'), words(results)],
  outTradeNo: [t('单号', 'number'), plain],
  businessNo: [t('单号', 'number'), plain],
  refundId: [t('退费号', 'refund'), plain],
  passId: [t('通行号', 'pass'), plain],
  psamNo: [t('PSAM', 'PSAM'), plain],
  validUntilMs: [t('有效到', 'valid until'), time],
  leftAtMs: [t('离场', 'left'), time],
  enteredAtMs: [t('入场', 'entered'), time],
  attempt: [t('第几次', 'attempt'), plain],
  httpStatus: [t('HTTP 状态', 'HTTP status'), plain],
  respCode: [t('应答码', 'answer code'), plain],
  requestId: [t('请求号', 'request'), plain],
}
/** Of a person, too long to read, or without meaning to a reader: in the raw row alone. */
const hidden =
  /^(?:plate(?:Raw|Read)?|colour|obuId|cardNo|body(?:Sm3)?|photo|by|approvedBy|operator|reason|detail|commandId|digest|outboxId|status|source|note|tariffId|destination)$/

const shown = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== ''

export function rowSaid({
  kind,
  body,
  amountFen,
}: {
  readonly kind: string
  readonly body: object
  readonly amountFen: number | undefined
}): BilingualText {
  const all: Readonly<Record<string, unknown>> = {
    ...(amountFen === undefined ? {} : { amountFen }),
    ...body,
  }
  const isEvent = kind === 'event'
  const parts = Object.entries(all).flatMap(([name, value]): readonly BilingualText[] => {
    if (!shown(value) || hidden.test(name) || (isEvent && name === 'type')) return []
    const [label, said] = ownWord(members, name) ?? [both(name), plain]
    const { zh, en } = said(value, kind)
    return [t(`${label.zh} ${zh}`, `${label.en} ${en}`)]
  })
  const name = isEvent ? String(all['type']) : kind
  const title = ownWord<BilingualText>(rowWords, name) ?? both(name)
  if (parts.length === 0) return title
  const zh = parts.map((part) => part.zh).join('，')
  return t(`${title.zh}：${zh}`, `${title.en}: ${parts.map((part) => part.en).join(', ')}`)
}

export const frameSaid = (direction: FrameFact['direction'], type: string): BilingualText =>
  direction === 'in'
    ? t(`天线发来 ${type} 帧`, `The antenna sent frame ${type}`)
    : t(`车道发出 ${type} 帧`, `The lane sent frame ${type}`)

export const answerWords = {
  has: t('平台有这一笔', 'The platform has it'),
  hasNot: t('平台没有这一笔', 'The platform does not have it'),
  unasked: t('平台没有答复', 'The platform gave no answer'),
}

export function answerSaid(
  says: PlatformWord['says'],
  state: string,
  amountFen: PlatformWord['amountFen'],
): BilingualText {
  const { zh, en } = answerWords[says]
  const known = stateSaid(state)
  const money = amountFen === null ? '' : fenText(amountFen)
  const more = (is: string): string => [is, money].filter((one) => one !== '').join(', ')
  return t(`${zh}:${more(known.zh)}`, `${en}: ${more(known.en)}`)
}

/** The names of the interfaces are in the dialect of the platform; without one its id stands. */
export function accessSaid(access: AccessFact): BilingualText {
  const { interfaceId, name = both(interfaceId), status, respCode, destination } = access
  const party = destination === undefined ? null : partyWords[destination]
  const code = [status, respCode ?? ''].join(' ').trim()
  const zh = status === null ? '没有应答' : `应答 ${code}`
  const en = status === null ? 'no answer' : `answer ${code}`
  const [atZh, atEn] = party === null ? ['', ''] : [`${party.zh},`, ` at ${party.en}`]
  return t(`${atZh}${name.zh}:${zh}`, `${name.en}${atEn}: ${en}`)
}
