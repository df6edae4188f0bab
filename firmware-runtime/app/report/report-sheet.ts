// A report of takings as tables in one language: one list of tables for each kind, every sum the report's own.
// What is open is said above the tables and at its own line; no table leaves a fen out.
import type { ReportSheet, ReportTable, ReportValue } from '../../api/report-views.ts'
import { openOfReport, type Report, type ReportUnit } from '../../core/billing/report.ts'
import { givenFen, takenFen, type ReportPart } from '../../core/billing/report-part.ts'
import { chineseMarks } from '../../core/values/chinese-marks.ts'
import { fenText } from '../../core/values/fen.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { ownWord } from '../../core/values/own-word.ts'
import { meansWords } from '../../core/values/payment-means.ts'
import { backMeans, type BackMeans } from '../../core/values/refund-means.ts'
import {
  actWord,
  endWords,
  kindWords,
  openWords,
  refundWords,
  ruleWords,
  words,
} from './report-words.ts'

export interface ReportLot {
  readonly name: BilingualText
  readonly lanes: readonly { readonly id: string; readonly name: BilingualText }[]
}

type Language = keyof BilingualText
type Shape = ReportTable['columns'][number]['shape']

/** More lines than anybody reads; the ledger has them all. */
const reportLinesMax = 5_000

const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)
const timeText = (atMs: InstantMs): string => isoOf(atMs).slice(0, 19).replace('T', ' ')
const sumOf = (list: readonly { readonly amountFen: number }[]): number =>
  list.reduce((sum, { amountFen }) => sum + amountFen, 0)
const countOf = (list: readonly { readonly count: number }[]): number =>
  list.reduce((sum, { count }) => sum + count, 0)

class Sheet {
  private readonly report: Report
  private readonly lot: ReportLot
  private readonly as: Language
  private readonly means: readonly string[]
  /** By which money went back. */
  private readonly backMeans: readonly BackMeans[]

  constructor(report: Report, lot: ReportLot, as: Language) {
    this.report = report
    this.lot = lot
    this.as = as
    const seen = new Set(report.total.takings.map(({ means }) => means))
    this.means = [...seen].sort((a, b) => this.takenBy(b) - this.takenBy(a) || (a < b ? -1 : 1))
    const back = new Set(report.total.refunds.map(({ means }) => means))
    this.backMeans = backMeans.filter((one) => back.has(one))
  }

  all(): readonly ReportTable[] {
    switch (this.report.kind) {
      case 'day':
        return [this.takings(), this.vehicles(), this.refunds(), this.byDay()]
      case 'month':
        return [this.byDay(), this.takings(), this.vehicles(), this.refunds()]
      case 'shift':
        return [this.drawers(), this.byShift(), this.takings(), this.refunds()]
      case 'tariff':
        return [this.byTariff(), this.takings()]
      case 'means':
        return [this.byLane(), this.byDay()]
      case 'exceptions':
        return [this.counts(), this.lines()]
    }
  }

  say = (text: BilingualText): string => (this.as === 'zh' ? chineseMarks(text.zh) : text.en)

  private takenBy(means: string): number {
    return takenFen(this.report.total, (one) => one.means === means)
  }

  private meansWord = (means: string): string => ownWord(meansWords(this.as), means) ?? means

  private laneName = (laneId: string): string => {
    const found = this.lot.lanes.find(({ id }) => id === laneId)
    return found === undefined ? laneId : this.say(found.name)
  }

  private table(
    name: BilingualText,
    columns: readonly (readonly [BilingualText | string, Shape])[],
    rows: readonly (readonly ReportValue[])[],
    total: readonly ReportValue[] | null,
  ): ReportTable {
    return {
      name: this.say(name),
      columns: columns.map(([head, shape]) => ({
        head: typeof head === 'string' ? head : this.say(head),
        shape,
      })),
      rows,
      total,
    }
  }

  private takings(): ReportTable {
    const { total } = this.report
    const line = (isIt: (one: { readonly means: string | null }) => boolean) => {
      const taken = total.takings.filter(isIt)
      const backFen = givenFen(total, isIt)
      return [countOf(taken), sumOf(taken), backFen, sumOf(taken) - backFen]
    }
    return this.table(
      words.takings,
      [
        [words.means, 'text'],
        [words.count, 'count'],
        [words.amount, 'fen'],
        [words.back, 'fen'],
        [words.net, 'fen'],
      ],
      [...new Set([...this.means, ...this.backMeans])].map((means) => [
        this.meansWord(means),
        ...line((one) => one.means === means),
      ]),
      [this.say(words.total), ...line(() => true)],
    )
  }

  private vehicles(): ReportTable {
    const { entered, left } = this.report.total
    const rows = left.map(({ word, count, amountFen }) => [
      this.wordOf(endWords, word),
      count,
      amountFen,
    ])
    return this.table(
      words.vehicles,
      [
        [words.what, 'text'],
        [words.cars, 'count'],
        [words.due, 'fen'],
      ],
      [[this.say(words.entered), entered, null], ...rows],
      [this.say(words.left), countOf(left), sumOf(left)],
    )
  }

  private refunds(): ReportTable {
    const { total } = this.report
    const { backBy, backOf, state, none } = words
    const by = Map.groupBy(total.refunds, (one) => [one.means, one.of, one.state].join())
    const rows = [...by.values()].flatMap((list) => {
      const [one] = list
      if (one === undefined) return []
      const { means, of, state: step } = one
      const went = means === null ? this.say(none) : this.meansWord(means)
      const came = of === 'difference' ? this.say(words.ofDifference) : this.meansWord(of)
      return [[this.wordOf(refundWords, step), went, came, countOf(list), sumOf(list)]]
    })
    const given = total.refunds.filter(({ means }) => means !== null)
    return this.table(
      words.refunds,
      [
        [state, 'text'],
        [backBy, 'text'],
        [backOf, 'text'],
        [words.count, 'count'],
        [words.amount, 'fen'],
      ],
      rows,
      [this.say(words.back), null, null, countOf(given), sumOf(given)],
    )
  }

  private get whole(): Pick<ReportUnit, 'open' | 'isBefore'> {
    const { units } = this.report
    const isBefore = units.length > 0 && units.every((unit) => unit.isBefore)
    return { open: openOfReport(this.report), isBefore }
  }

  /** In one word, for the head of the report. */
  get state(): string {
    const { open, isBefore } = this.whole
    return this.say(open.length > 0 ? words.open : isBefore ? words.notBegun : words.closed)
  }

  private wordOf(table: Readonly<Record<string, BilingualText>>, word: string): string {
    const found = ownWord(table, word)
    return found === undefined ? word : this.say(found)
  }

  private moneyColumns(): readonly (readonly [BilingualText | string, Shape])[] {
    return [
      ...this.means.map((means) => [this.meansWord(means), 'fen'] as const),
      [words.taken, 'fen'],
      ...this.backMeans.map(
        (one) =>
          [this.say(words.backOfMeans).replace('{means}', this.meansWord(one)), 'fen'] as const,
      ),
      [words.back, 'fen'],
      [words.net, 'fen'],
    ]
  }

  private moneyOf(part: ReportPart): readonly number[] {
    const fen = this.means.map((means) => takenFen(part, (one) => one.means === means))
    const back = this.backMeans.map((means) => givenFen(part, (one) => one.means === means))
    const [all, allBack] = [takenFen(part), givenFen(part)]
    return [...fen, all, ...back, allBack, all - allBack]
  }

  /** Of one stretch, or of all of them. */
  private stateOf({ open, isBefore }: Pick<ReportUnit, 'open' | 'isBefore'>): string {
    if (open.length === 0) return this.say(isBefore ? words.notBegun : words.closed)
    const [colon, semicolon] = this.as === 'zh' ? ['：', '；'] : [': ', '; ']
    const why = open.map((one) => this.say(openWords[one]))
    return `${this.say(words.open)}${colon}${why.join(semicolon)}`
  }

  private byDay(): ReportTable {
    const { units, total } = this.report
    const figures = (part: ReportPart): readonly ReportValue[] => [
      ...[part.entered, countOf(part.left), ...this.moneyOf(part)],
    ]
    return this.table(
      words.byDay,
      [
        [words.day, 'day'],
        [words.entered, 'count'],
        [words.left, 'count'],
        ...this.moneyColumns(),
        [words.state, 'text'],
      ],
      units.map((unit) => [unit.span.fromMs, ...figures(unit.part), this.stateOf(unit)]),
      [this.say(words.total), ...figures(total), this.stateOf(this.whole)],
    )
  }

  private byShift(): ReportTable {
    const { units, total } = this.report
    return this.table(
      words.byShift,
      [
        [words.from, 'time'],
        [words.to, 'time'],
        [words.by, 'text'],
        [words.count, 'count'],
        ...this.moneyColumns(),
        [words.state, 'text'],
      ],
      units.map((unit) => [
        ...[unit.span.fromMs, unit.span.toMs, unit.counted?.by ?? this.say(words.none)],
        ...[countOf(unit.part.takings), ...this.moneyOf(unit.part)],
        this.stateOf(unit),
      ]),
      [
        ...[this.say(words.total), null, null, countOf(total.takings), ...this.moneyOf(total)],
        null,
      ],
    )
  }

  /** What was in the drawer, cash taken, less cash given back, is what should be in it; what is taken out, once it is counted. */
  private drawers(): ReportTable {
    const { units, total } = this.report
    const cash = ({ means }: { readonly means: string | null }): boolean => means === 'cash'
    const figures = ({ part, counted }: ReportUnit): readonly ReportValue[] => {
      const [takenCash, backCash] = [takenFen(part, cash), givenFen(part, cash)]
      if (counted === null) return [null, takenCash, backCash, null, null, null, null, null]
      const { beforeFen, countedFen, leftFen } = counted
      const shouldFen = beforeFen + takenCash - backCash
      return [
        ...[beforeFen, takenCash, backCash, shouldFen, countedFen, countedFen - shouldFen],
        ...[countedFen - leftFen, leftFen],
      ]
    }
    const sums = [null, takenFen(total, cash), givenFen(total, cash)]
    return this.table(
      words.drawer,
      [
        [words.from, 'time'],
        [words.to, 'time'],
        [words.by, 'text'],
        [words.before, 'fen'],
        [words.cashTaken, 'fen'],
        [words.cashBack, 'fen'],
        [words.shouldBe, 'fen'],
        [words.counted, 'fen'],
        [words.difference, 'fen'],
        [words.takenOut, 'fen'],
        [words.leftIn, 'fen'],
      ],
      units.map((unit) => [
        ...[unit.span.fromMs, unit.span.toMs, unit.counted?.by ?? this.say(words.none)],
        ...figures(unit),
      ]),
      [this.say(words.total), null, null, ...sums, null, null, null, null, null],
    )
  }

  private byTariff(): ReportTable {
    const { priced } = this.report.total
    return this.table(
      words.byTariff,
      [
        [words.tariff, 'text'],
        [words.since, 'time'],
        [words.rule, 'text'],
        [words.count, 'count'],
        [words.amount, 'fen'],
      ],
      priced.map(({ tariffId, sinceMs, rule, count, amountFen }) => [
        tariffId === '' ? this.say(words.none) : tariffId,
        sinceMs,
        this.say(ruleWords[rule]),
        count,
        amountFen,
      ]),
      [this.say(words.total), null, null, countOf(priced), sumOf(priced)],
    )
  }

  private byLane(): ReportTable {
    const { takings, refunds } = this.report.total
    const back = refunds.flatMap(({ laneId, means }) => (means === null ? [] : [{ laneId, means }]))
    const lines = Map.groupBy([...takings, ...back], ({ laneId, means }) => `${laneId} ${means}`)
    const line = (isIt: (one: { laneId: string; means: string | null }) => boolean) => {
      const taken = takings.filter(isIt)
      const backFen = givenFen(this.report.total, isIt)
      return [countOf(taken), sumOf(taken), backFen, sumOf(taken) - backFen]
    }
    return this.table(
      words.byLane,
      [
        [words.lane, 'text'],
        [words.means, 'text'],
        [words.count, 'count'],
        [words.amount, 'fen'],
        [words.back, 'fen'],
        [words.net, 'fen'],
      ],
      [...lines.values()].flatMap(([one]) => {
        if (one === undefined) return []
        const { laneId, means } = one
        const name = laneId === '' ? this.say(words.none) : this.laneName(laneId)
        const isIt = (it: { laneId: string; means: string | null }) =>
          it.laneId === laneId && it.means === means
        return [[name, this.meansWord(means), ...line(isIt)]]
      }),
      [this.say(words.total), null, ...line(() => true)],
    )
  }

  private counts(): ReportTable {
    const byWord = Map.groupBy(this.report.total.lines, ({ word }) => word)
    const rows = [...byWord].map(
      ([word, lines]) => [this.say(actWord(word)), lines.length] as const,
    )
    return this.table(
      words.counts,
      [
        [words.what, 'text'],
        [words.count, 'count'],
      ],
      rows.toSorted((a, b) => b[1] - a[1]),
      [this.say(words.total), this.report.total.lines.length],
    )
  }

  private lines(): ReportTable {
    return this.table(
      words.list,
      [
        [words.time, 'time'],
        [words.lane, 'text'],
        [words.what, 'text'],
        [words.who, 'text'],
        [words.why, 'text'],
        [words.detail, 'text'],
        [words.stay, 'text'],
      ],
      this.report.total.lines
        .slice(0, reportLinesMax)
        .map(({ atMs, laneId, word, by, reason, detail, stayId }) => [
          ...[atMs, this.laneName(laneId), this.say(actWord(word)), by],
          ...[this.say(actWord(reason)), this.meansWord(detail), stayId],
        ]),
      null,
    )
  }

  notices(): readonly string[] {
    const { openItems, etcFen, total, kind } = this.report
    const { count, amountFen } = openItems
    const filled = (text: BilingualText, of: Readonly<Record<string, string>>): string =>
      this.say(text).replaceAll(/\{(\w+)\}/g, (_, name: string) => of[name] ?? '')
    const items = { count: String(count), amount: fenText(amountFen) }
    const isCut = kind === 'exceptions' && total.lines.length > reportLinesMax
    return [
      ...openOfReport(this.report).map((reason) => this.say(openWords[reason])),
      ...(count > 0 ? [filled(words.items, items)] : []),
      ...(etcFen > 0 ? [this.say(words.etcNote)] : []),
      ...(isCut ? [filled(words.cut, { max: String(reportLinesMax) })] : []),
    ]
  }
}

export function reportSheet(report: Report, lot: ReportLot, language: Language): ReportSheet {
  const { kind, span, madeAtMs, head } = report
  const sheet = new Sheet(report, lot, language)
  const { say } = sheet
  const [fromDay, toDay] = [dayOf(span.fromMs), dayOf(span.toMs - 1)]
  const spanText = fromDay === toDay ? fromDay : `${fromDay} ${say(words.until)} ${toDay}`
  const isOpen = openOfReport(report).length > 0
  const facts: readonly (readonly [BilingualText, string])[] = [
    [words.lot, say(lot.name)],
    [words.span, spanText],
    [words.state, sheet.state],
    [words.madeAt, timeText(madeAtMs)],
    [words.row, String(head.seq)],
    [words.hash, head.hash],
  ]
  return {
    kind,
    language,
    title: say(t(`${lot.name.zh}${kindWords[kind].zh}`, `${kindWords[kind].en}: ${lot.name.en}`)),
    fromDay,
    toDay,
    madeAtIso: isoOf(madeAtMs),
    head,
    facts: facts.map(([name, value]) => [say(name), value]),
    isOpen,
    notices: sheet.notices(),
    tables: sheet.all(),
  }
}
