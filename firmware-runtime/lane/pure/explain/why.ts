// Explains in plain words, from its rows alone, the price of a car, why the attendant was called, and who opened.
// The price lines are those of its order; nothing is computed again.
import { shownLinesOf } from '#money/pure/billing/unknown-class.ts'
import { driverReasons } from '#base/pure/words/manual-reason.ts'
import { exceptionWords } from '#base/pure/words/exception-words.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { instantOfIso, isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, PassCause, RowKind } from '#base/pure/rows/ledger-row.ts'
import type { StayEvidence } from '../open/stay-evidence.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import { partText } from '#base/pure/words/match-words.ts'
import { meansWords } from '#base/pure/values/payment-means.ts'
import {
  backLines,
  cashText,
  clockText,
  couponLines,
  keptLines,
  owedLines,
  refundLine,
  stepLine,
  waivedLines,
} from '#base/pure/words/money-words.ts'

export interface WhySection {
  readonly topic: 'price' | 'byHand' | 'paid' | 'barrier' | 'upload' | 'evidence'
  readonly title: BilingualText
  readonly lines: readonly BilingualText[]
}

type RowOf<K extends RowKind> = Extract<LedgerRow, { kind: K }>
type LaneName = (laneId: string) => BilingualText

const rowsOf = <K extends RowKind>(rows: readonly LedgerRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind)

type WordTable = Readonly<Record<string, BilingualText>>
const reasonWords: WordTable = { ...exceptionWords, ...driverReasons }
const [zhMeans, enMeans] = [meansWords('zh'), meansWords('en')]
const means = (word: string): BilingualText =>
  t(ownWord(zhMeans, word) ?? word, ownWord(enMeans, word) ?? word)

function lasted(fromMs: InstantMs, toMs: InstantMs): BilingualText {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / minuteMs))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0
    ? t(`${rest} 分`, `${rest} min`)
    : t(`${hours} 小时 ${rest} 分`, `${hours} h ${rest} min`)
}

function entryLine(rows: readonly LedgerRow[], laneName: LaneName): readonly BilingualText[] {
  const [opened] = rowsOf(rows, 'stayOpened')
  if (opened === undefined) return []
  const { noEntry, enteredAtMs, spaceId } = opened.body
  if (noEntry)
    return [t('没有入场记录,停车记录在出口补建', 'No entry record: the stay was made at the exit')]
  const lane = laneName(opened.laneId ?? '')
  const at = clockText(enteredAtMs)
  if (spaceId !== undefined)
    return [t(`${at} 停入泊位 ${spaceId}`, `${at} parked in space ${spaceId}`)]
  const late = opened.body.plate === null ? rowsOf(rows, 'plateRead').slice(0, 1) : []
  return [
    t(`${at} 从${lane.zh}入场`, `${at} came in by ${lane.en}`),
    ...late.map(({ atMs, body: { plate } }) =>
      t(
        `${clockText(atMs)} 抬杆后才读到车牌 ${plate}`,
        `${clockText(atMs)} plate ${plate} was read after the boom was told to open`,
      ),
    ),
  ]
}

/** A person identified the car. */
function pickedLines(rows: readonly LedgerRow[]): readonly BilingualText[] {
  const isPicked = rowsOf(rows, 'audit').some(
    ({ body }) => wordOf(body.act) === 'lane.correctPlate',
  )
  const { plate = null, plateRaw = null } = rowsOf(rows, 'orderMade').at(-1)?.body ?? {}
  if (!isPicked || plate === plateRaw) return []
  return [
    t(
      `相机识别为 ${plateRaw ?? '(未识别)'},由人员认定为 ${plate ?? ''}`,
      `The camera read ${plateRaw ?? 'nothing'}, a person said that it is ${plate ?? ''}`,
    ),
  ]
}

/** Why the stay of another plate was matched to this car. */
function matchLines(rows: readonly LedgerRow[]): readonly BilingualText[] {
  const order = rowsOf(rows, 'orderMade').findLast(({ body }) => body.match !== undefined)
  const match = order?.body.match
  if (match === undefined) return pickedLines(rows)
  const plate = order?.body.plate ?? ''
  const { plateRead, score, scoreMin, secondScore } = match
  const [zh, en] =
    secondScore === null ? ['', ''] : [`,第二名 ${secondScore} 分`, `, the next ${secondScore}`]
  return [
    t(
      `相机识别为 ${plateRead},按 ${score} 分纠正为 ${plate}(不低于 ${scoreMin} 分)${zh}`,
      `The camera read ${plateRead}, corrected to ${plate} by ${score} points (at least ${scoreMin})${en}`,
    ),
    ...match.parts.map(partText),
  ]
}

/** The last order: an earlier one was replaced by it. */
function priceOf(rows: readonly LedgerRow[], laneName: LaneName): WhySection | null {
  const order = rowsOf(rows, 'orderMade').at(-1)
  if (order === undefined) return null
  const { fromMs, toMs, tariffId } = order.body
  const lines = shownLinesOf(order, rows)
  const amount = fenText(order.amountFen ?? 0)
  const time = lasted(fromMs, toMs)
  const until = clockText(toMs)
  const sum = lines.reduce((all, { amountFen }) => all + amountFen, 0)
  const beforeFen = sum - (order.amountFen ?? 0)
  return {
    topic: 'price',
    title: t(`为什么是 ${amount}`, `Why ${amount}`),
    lines: [
      ...entryLine(rows, laneName),
      ...matchLines(rows),
      ...(lines.length === 0
        ? [t('没有按费率计价,金额由人员确定', 'Not priced by the tariff: a person set the amount')]
        : [
            t(
              `计到 ${until},停留 ${time.zh},费率 ${tariffId}`,
              `Priced until ${until}, ${time.en}, tariff ${tariffId}`,
            ),
          ]),
      ...lines.map(({ rule, text, amountFen }) =>
        rule === 'classUnknown'
          ? text
          : t(`${text.zh}:${fenText(amountFen)}`, `${text.en}: ${fenText(amountFen)}`),
      ),
      ...(lines.length > 0 && beforeFen > 0
        ? [t(`此前已付 ${fenText(beforeFen)}`, `Paid before: ${fenText(beforeFen)}`)]
        : []),
    ],
  }
}

/** The name of an act without its object. */
const wordOf = (act: string): string => act.split(' ', 1)[0] ?? ''

/** One line per act: its success adds nothing, its failure does. */
function actLine(
  actWords: WordTable,
  { atMs, seq, body: { act, by, reason, result, commandId } }: RowOf<'audit'>,
  audits: readonly RowOf<'audit'>[],
): readonly BilingualText[] {
  const isFirst = !audits.some(
    ({ seq: earlier, body }) => earlier < seq && body.commandId === commandId && body.act === act,
  )
  const failed = ownWord(actWords, `${wordOf(act)}.failed`)
  if (!isFirst && result !== 'failed') return []
  const known = result === 'failed' ? failed : undefined
  const { zh, en } = known ?? ownWord(actWords, wordOf(act)) ?? t('操作', 'acted')
  const at = clockText(atMs)
  return [t(`${at} ${by} ${zh},理由:${reason}`, `${at} ${by}: ${en}, reason: ${reason}`)]
}

function byHandOf(rows: readonly LedgerRow[], actWords: WordTable): WhySection | null {
  const audits = rowsOf(rows, 'audit')
  const lines = rows.flatMap((row): readonly BilingualText[] => {
    if (row.kind === 'audit') return actLine(actWords, row, audits)
    if (row.kind !== 'exception') return []
    const { reason } = row.body
    const words = ownWord(actWords, reason) ?? ownWord(reasonWords, reason) ?? t(reason, reason)
    const at = clockText(row.atMs)
    return [t(`${at} ${words.zh}`, `${at} ${words.en}`)]
  })
  const title = t('为什么有人工处理', 'Why a person was asked')
  return lines.length === 0 ? null : { topic: 'byHand', title, lines }
}

const outcomeWords = {
  paid: t('成功', 'taken'),
  refused: t('没有成功', 'not taken'),
  unknown: t('结果未知', 'result not known'),
}

function paidOf(rows: readonly LedgerRow[]): WhySection | null {
  const closed = rowsOf(rows, 'stayClosed').at(-1)
  const lines = rows.flatMap((row): BilingualText[] => {
    const at = clockText(row.atMs)
    const fen = fenText(row.amountFen ?? 0)
    switch (row.kind) {
      case 'outcome': {
        const words = outcomeWords[row.body.state]
        const { reason } = row.body
        const why = reason === '' ? null : (ownWord(reasonWords, reason) ?? t(reason, reason))
        const [zh, en] =
          row.body.state === 'paid' || why === null ? ['', ''] : [`:${why.zh}`, `: ${why.en}`]
        return [t(`${at} ETC 扣费${words.zh}${zh}`, `${at} ETC payment ${words.en}${en}`)]
      }
      case 'payment': {
        const word = means(row.body.means)
        const { by } = row.body
        const [zh, en] = by === null ? ['', ''] : [`,经手 ${by}`, `, by ${by}`]
        const cash = cashText(row.body)
        return [
          t(`${at} ${word.zh}收 ${fen}${cash.zh}${zh}`, `${at} ${word.en}: ${fen}${cash.en}${en}`),
        ]
      }
      case 'pay':
        return backLines(row, rows)
      case 'coupon':
        return couponLines(row)
      case 'refund':
        return [refundLine(row)]
      case 'refundState':
        return [stepLine(row, rows)]
      case 'stayClosed':
        return owedLines(row, rows)
      case 'arrears':
        return waivedLines(row, rows)
      default:
        return []
    }
  })
  const unpaid = t('没有收款记录', 'No payment is recorded')
  if (closed === undefined && lines.length === 0) return null
  return {
    topic: 'paid',
    title: t('怎么付的', 'How it was paid'),
    lines: lines.length === 0 ? [unpaid] : [...lines, ...keptLines(rows)],
  }
}

const causes: Record<PassCause, BilingualText> = {
  entry: t('入场', 'entry'),
  etc: t('ETC 已付', 'paid by ETC'),
  free: t('免费', 'no charge'),
  other: t('其他方式已付', 'paid another way'),
  later: t('事后追缴', 'to be collected later'),
  emergency: t('人工放行', 'opened by a person'),
}
const boomWords = {
  told: t('已发出抬杆命令', 'told to open'),
  opened: t('看到道闸打开', 'seen open'),
  failed: t('道闸没有打开', 'did not open'),
}

function barrierOf(rows: readonly LedgerRow[], laneName: LaneName): WhySection | null {
  const lines = rows.flatMap((row): BilingualText[] => {
    const at = clockText(row.atMs)
    if (row.kind === 'barrier') {
      const { zh, en } = boomWords[row.body.result]
      return [t(`${at} ${zh}`, `${at} ${en}`)]
    }
    if (
      row.kind === 'audit' &&
      wordOf(row.body.act) === 'lane.open' &&
      row.body.result === 'failed'
    )
      return [t(`${at} 道闸没有抬起`, `${at} the barrier did not rise`)]
    if (row.kind !== 'pass') return []
    const lane = laneName(row.laneId ?? '')
    const { cause, by, reason } = row.body
    const [zh, en] = by === null ? ['', ''] : [`,${by}:${reason ?? ''}`, `, ${by}: ${reason ?? ''}`]
    const { [cause]: word } = causes
    return [t(`${at} ${lane.zh}放行:${word.zh}${zh}`, `${at} ${lane.en} may open: ${word.en}${en}`)]
  })
  const title = t('道闸为什么开', 'Why the barrier opened')
  return lines.length === 0 ? null : { topic: 'barrier', title, lines }
}

const ops = {
  charge: t('扣费', 'charge'),
  exitUpload: t('出场交易', 'exit transaction'),
  exception: t('异常', 'exception'),
  refund: t('退费', 'refund'),
  entryRecord: t('入口记录', 'entry record'),
  exitRecord: t('出口交易副本', 'copy of the exit transaction'),
  plateRecord: t('牌识记录', 'plate record'),
  batch: t('小时批次', 'hourly batch'),
  shiftRecord: t('班次记录', 'record of a shift'),
  feedback: t('车主反馈', "driver's feedback"),
  feedbackState: t('车主反馈的答复', "answer to a driver's feedback"),
}
const uploadWords = {
  new: t('还没有上传', 'not sent yet'),
  sending: t('正在上传', 'being sent'),
  confirmed: t('平台已收到', 'the platform has it'),
  rejected: t('平台没有接受', 'the platform refused it'),
  unknown: t('平台是否收到还不知道', 'not known whether the platform has it'),
  held: t('等待人员处理', 'waits for a person'),
  replaced: t('已修正,由新记录代替', 'mended: another record goes in its place'),
}

function uploadOf(rows: readonly LedgerRow[]): WhySection | null {
  const states = rowsOf(rows, 'outboxState')
  const lines = rowsOf(rows, 'outbox').map(({ body: { outboxId, op } }) => {
    const last = states.findLast(({ body }) => body.outboxId === outboxId)
    const { zh, en } = uploadWords[last?.body.state ?? 'new']
    const at = last === undefined ? '' : `${clockText(last.atMs)} `
    return t(`${at}${ops[op].zh}:${zh}`, `${at}${ops[op].en}: ${en}`)
  })
  const title = t('平台知道什么', 'What the platform knows')
  return lines.length === 0 ? null : { topic: 'upload', title, lines }
}

function evidencePart({ items, missing }: StayEvidence): WhySection {
  return {
    topic: 'evidence',
    title: t('停车凭什么认定', 'What the stay rests on'),
    lines: [
      ...items.map(({ atIso, by, text }) => {
        const at = clockText(instantOfIso(atIso))
        return t(`${at} ${by.zh}:${text.zh}`, `${at} ${by.en}: ${text.en}`)
      }),
      ...missing.map(({ text }) => t(`缺:${text.zh}`, `Missing: ${text.en}`)),
    ],
  }
}

/** Removes the date from lines on the day of the last order. */
function withoutDay(section: WhySection, rows: readonly LedgerRow[]): WhySection {
  const atMs = (rowsOf(rows, 'orderMade').at(-1) ?? rows[0])?.atMs
  if (section.topic === 'price' || atMs === undefined) return section
  const day = `${isoOf(atMs).slice(0, 10)} `
  const cut = (text: string): string => (text.startsWith(day) ? text.slice(day.length) : text)
  return { ...section, lines: section.lines.map(({ zh, en }) => t(cut(zh), cut(en))) }
}

/**
 * Sections in the order of interest. `actWords`: texts of the acts and events in rows (runtime/api/act-words.ts). `evidence`: of a
 * stay in a space.
 */
export const whyOf = (
  rows: readonly LedgerRow[],
  laneName: LaneName,
  actWords: WordTable,
  evidence: StayEvidence | null = null,
): readonly WhySection[] =>
  [
    priceOf(rows, laneName),
    evidence === null ? null : evidencePart(evidence),
    byHandOf(rows, actWords),
    paidOf(rows),
    barrierOf(rows, laneName),
    uploadOf(rows),
  ].flatMap((section) => (section === null ? [] : [withoutDay(section, rows)]))
