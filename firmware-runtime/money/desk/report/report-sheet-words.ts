// Parts common to all tables of a report: names, money columns, open points, and the notices above them. In one
// language; every sum is the report's own.
import type { ReportTable, ReportValue } from '../../calls/report-views.ts'
import { openOfReport, type Report, type ReportUnit } from '../../pure/billing/report.ts'
import { givenFen, takenFen, type ReportPart } from '../../pure/billing/report-part.ts'
import { shownIn } from '#base/pure/words/chinese-marks.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { type BilingualText } from '#base/pure/words/fault-text.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import type { OnRecord } from '#lane/pure/lot/lot-facts.ts'
import { meansWords } from '#base/pure/values/payment-means.ts'
import { backMeans, type BackMeans } from '#base/pure/values/refund-means.ts'
import { openWords, words } from './report-words.ts'

/** For a folder that lost its lot file these are the only facts. */
export interface ReportLot extends Omit<OnRecord, 'capacity'> {
  readonly capacity?: number | undefined
  /** Its cars stand in spaces along streets. */
  readonly isStreet?: boolean
  readonly name: BilingualText
  readonly lanes: readonly { readonly id: string; readonly name: BilingualText }[]
}

export type Language = keyof BilingualText
type Shape = ReportTable['columns'][number]['shape']

/** Limit of lines in a table; the ledger has all of them. */
export const reportLinesMax = 5_000

export class SheetWords {
  protected readonly report: Report
  private readonly lot: ReportLot
  private readonly as: Language
  protected readonly means: readonly string[]
  /** Means by which refunds were paid. */
  protected readonly backMeans: readonly BackMeans[]

  constructor(report: Report, lot: ReportLot, as: Language) {
    this.report = report
    this.lot = lot
    this.as = as
    const seen = new Set(report.total.takings.map(({ means }) => means))
    this.means = [...seen].sort((a, b) => this.takenBy(b) - this.takenBy(a) || (a < b ? -1 : 1))
    const back = new Set(report.total.refunds.map(({ means }) => means))
    this.backMeans = backMeans.filter((one) => back.has(one))
  }

  protected get isStreet(): boolean {
    return this.lot.isStreet === true
  }

  say = (text: BilingualText): string => shownIn(text, this.as)

  private takenBy(means: string): number {
    return takenFen(this.report.total, (one) => one.means === means)
  }

  protected meansWord = (means: string): string => ownWord(meansWords(this.as), means) ?? means

  protected laneName = (laneId: string): string => {
    const found = this.lot.lanes.find(({ id }) => id === laneId)
    return found === undefined ? laneId : this.say(found.name)
  }

  protected table(
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

  protected get whole(): Pick<ReportUnit, 'open' | 'isBefore'> {
    const { units } = this.report
    const isBefore = units.length > 0 && units.every((unit) => unit.isBefore)
    return { open: openOfReport(this.report), isBefore }
  }

  /** State in one word, for the head of the report. */
  get state(): string {
    const { open, isBefore } = this.whole
    return this.say(open.length > 0 ? words.open : isBefore ? words.notBegun : words.closed)
  }

  protected wordOf(table: Readonly<Record<string, BilingualText>>, word: string): string {
    const found = ownWord(table, word)
    return found === undefined ? word : this.say(found)
  }

  protected moneyColumns(): readonly (readonly [BilingualText | string, Shape])[] {
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

  protected moneyOf(part: ReportPart): readonly number[] {
    const fen = this.means.map((means) => takenFen(part, (one) => one.means === means))
    const back = this.backMeans.map((means) => givenFen(part, (one) => one.means === means))
    const [all, allBack] = [takenFen(part), givenFen(part)]
    return [...fen, all, ...back, allBack, all - allBack]
  }

  /** State of one unit, or of all of them. */
  protected stateOf({ open, isBefore }: Pick<ReportUnit, 'open' | 'isBefore'>): string {
    if (open.length === 0) return this.say(isBefore ? words.notBegun : words.closed)
    const [colon, semicolon] = this.as === 'zh' ? ['：', '；'] : [': ', '; ']
    const why = open.map((one) => this.say(openWords[one]))
    return `${this.say(words.open)}${colon}${why.join(semicolon)}`
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
