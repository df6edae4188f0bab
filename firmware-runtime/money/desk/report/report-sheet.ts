// A report of takings as tables in one language: one list of tables for each kind, every sum the report's own. Open
// points are above the tables and in their own line; no table leaves out a fen.
import type { ReportSheet, ReportTable, ReportValue } from '../../calls/report-views.ts'
import { openOfReport, type Report, type ReportUnit } from '../../pure/billing/report.ts'
import { givenFen, takenFen, type ReportPart } from '../../pure/billing/report-part.ts'
import { spacesSaid } from '#lane/pure/lot/lot-facts.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { refundWords } from '#base/pure/values/refund-step.ts'
import { reportKindWords } from '#base/pure/values/report-kinds.ts'
import { actWord, endWords, reasonWord, ruleWords, words } from './report-words.ts'
import { reportLinesMax, SheetWords, type Language, type ReportLot } from './report-sheet-words.ts'

const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)
const timeText = (atMs: InstantMs): string => isoOf(atMs).slice(0, 19).replace('T', ' ')
const sumOf = (list: readonly { readonly amountFen: number }[]): number =>
  list.reduce((sum, { amountFen }) => sum + amountFen, 0)
const countOf = (list: readonly { readonly count: number }[]): number =>
  list.reduce((sum, { count }) => sum + count, 0)

class Sheet extends SheetWords {
  all(): readonly ReportTable[] {
    return [...this.ofKind(), ...this.unpaired()]
  }

  private ofKind(): readonly ReportTable[] {
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

  /** A street has no lane that could miss a car. */
  private unpaired(): readonly ReportTable[] {
    if (this.isStreet) return []
    const { unpaired } = this.report.total
    return [
      this.table(
        words.unpaired,
        [
          [words.what, 'text'],
          [words.cars, 'count'],
          [words.taken, 'fen'],
        ],
        (['entriesWithoutExit', 'exitsWithoutEntry'] as const).map((word) => [
          this.say(words[word]),
          unpaired[word].count,
          unpaired[word].amountFen,
        ]),
        null,
      ),
    ]
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

  /**
   * Drawer content, plus cash taken, less cash paid back, is the expected amount; what is taken out follows from the
   * count.
   */
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
          ...[this.say(reasonWord(reason)), this.meansWord(detail), stayId],
        ]),
      null,
    )
  }
}

/** Registered facts of the lot; a missing one has no line. */
function onRecord({ capacity, spaceKinds, district, qualification }: ReportLot) {
  const same = (text: string | undefined) => (text === undefined ? null : t(text, text))
  const said = [
    [words.spaces, capacity === undefined ? null : spacesSaid({ capacity, spaceKinds })],
    [words.district, same(district)],
    [words.qualification, same(qualification)],
  ] as const
  return said.flatMap(([what, text]) => (text === null ? [] : [[what, text] as const]))
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
    ...onRecord(lot).map(([what, said]) => [what, say(said)] as const),
    [words.span, spanText],
    [words.state, sheet.state],
    [words.madeAt, timeText(madeAtMs)],
    [words.row, String(head.seq)],
    [words.hash, head.hash],
  ]
  return {
    kind,
    language,
    title: say(
      t(`${lot.name.zh}${reportKindWords[kind].zh}`, `${reportKindWords[kind].en}: ${lot.name.en}`),
    ),
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
