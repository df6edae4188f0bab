// Field, data link and clocks as sections of a report: figures beside their pictures. The figures come from the
// judgement; nothing is computed only here.
import { clockRows } from '../../survey/clock-figures.ts'
import { linkSummary, rateKbps } from '../../survey/link-summary.ts'
import { crossReadFacts } from '../../survey/cross-reads.ts'
import type { SurveyProject } from '../../survey/project.ts'
import type { ClockBody, LinkWay } from '../../survey/record.ts'
import { isoOf, minuteMs, type InstantMs } from '../../core/values/instant.ts'
import { heatMapFigure, heatMapSize, heatMapSvg } from './heat-map.ts'
import type {
  ReportBlock,
  ReportCell,
  ReportLanguage,
  ReportSection,
  ReportTable,
} from './report-model.ts'
import { rulesOf } from '../../survey/survey-rules.ts'
import { clockLimits, clockPoints, latencyLimits, latencyPoints, plotOf } from './report-plots.ts'
import { failedPoints, obuTable, zoneRows } from './report-zone.ts'
import {
  markedVerdict,
  methodWords,
  reportWords,
  wayWords,
  type ReportWord,
} from './report-words.ts'
import { fieldView, type FieldView } from '../../survey/survey-view.ts'

/** One time format everywhere; the offset is in the head of the report. */
export const plainTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
export const clockTime = (atMs: InstantMs): string => plainTime(isoOf(atMs))
/** `-110 dBm – -80 dBm`; one figure where all are alike. */
function spanOf(values: readonly number[], unit: string): string {
  if (values.length === 0) return '–'
  const ends = [Math.min(...values), Math.max(...values)].map((one) => `${Math.round(one)} ${unit}`)
  return [...new Set(ends)].join(' – ')
}
const metres = (mm: number): string => `${(mm / 1000).toFixed(2)} m`

export class FieldSections {
  readonly #survey: SurveyProject
  readonly #as: ReportLanguage

  constructor(survey: SurveyProject, as: ReportLanguage) {
    this.#survey = survey
    this.#as = as
  }

  #word(name: ReportWord): string {
    return reportWords[name][this.#as]
  }

  /** A withdrawn run is marked. */
  #marked(text: string, { goneFor }: { readonly goneFor?: string }): string {
    return goneFor === undefined ? text : `${text} (${this.#word('takenBack')})`
  }

  #none(name: ReportWord): ReportBlock {
    return { kind: 'text', text: this.#word(name), look: 'plain' }
  }

  #table(
    head: readonly ReportWord[],
    widths: readonly number[],
    rows: readonly (readonly string[])[],
  ): ReportTable {
    return {
      kind: 'table',
      widths,
      head: head.map((name) => this.#word(name)),
      rows: rows.map((cells) => cells.map((text) => ({ text }))),
    }
  }

  #zoneRows(view: FieldView): [string, string][] {
    const { zone, strongest } = view
    const open = (zone?.openSides.length ?? 0) > 0 ? ` (${this.#word('goesOn')})` : ''
    const size =
      zone === null
        ? this.#word('none')
        : `${metres(zone.widthMm)} × ${metres(zone.lengthMm)}${open}`
    const rows: [string, string][] = [[this.#word('zone'), size]]
    if (strongest === null) return rows
    const { verdict, words } = strongest
    const said = `${markedVerdict(verdict)[this.#as]}: ${words[this.#as]}`
    return [...rows, [`${this.#word('strongest')} (7.1.1 e)`, said]]
  }

  field(): ReportSection {
    const view = fieldView(this.#survey)
    const heading = this.#word('field')
    if (view === null || view.cells.every(({ levelDbm }) => levelDbm === null))
      return { id: 'field', heading, blocks: [this.#none('fieldNone')] }
    const count = (...which: readonly string[]): number =>
      view.cells.filter(({ verdict }) => which.includes(verdict)).length
    const rows = [...zoneRows(this.#survey, view, this.#as), ...this.#zoneRows(view)]
    rows.push([
      `${this.#word('points')} (${this.#word('ofThem')})`,
      `${count('pass', 'free', 'marginal')} / ${count('fail')} / ${count('open')}`,
    ])
    if (view.containment !== null) rows.push([this.#word('containment'), String(view.containment)])
    const next = view.neighbour.map(
      ({ xMm, yMm, levelDbm }) => `(${metres(xMm)}, ${metres(yMm)}) ${levelDbm.toFixed(1)} dBm`,
    )
    if (next.length > 0) rows.push([this.#word('neighbour'), next.join('; ')])
    const drawing = {
      kind: 'drawing' as const,
      ...heatMapSize(view),
      figureSize: heatMapFigure,
      svg: heatMapSvg(this.#survey, view, {
        boom: this.#word('boomUp'),
        neighbour: this.#word('nextDoor'),
      }),
      caption: this.#word('fieldNote'),
    }
    return {
      id: 'field',
      heading,
      blocks: [
        ...[drawing, { kind: 'facts' as const, rows }],
        ...failedPoints(view, this.#as),
        ...obuTable(this.#survey, this.#as),
      ],
    }
  }

  neighbour(): ReportSection {
    const { crossReads, criteria } = this.#survey
    const rows = crossReads.map((body) => {
      const { antennaId, inLane, stressDb = 0 } = body
      const { trials, reads, obus, places, share } = crossReadFacts(body)
      const upTo = (part: number): string => `≤ ${(100 * part).toFixed(1)}%`
      const driven = antennaId === null ? this.#word('together') : String(antennaId)
      return [
        this.#marked(stressDb === 0 ? driven : `${driven} (+${stressDb} dB)`, body),
        String(inLane),
        ...[`${obus} / ${places}`, `${reads} / ${trials}`],
        share === null ? '–' : upTo(share.theseUpTo),
        share === null ? '–' : upTo(share.allUpTo),
      ]
    })
    const head = ['driven', 'inLane', 'offered', 'wrongReads', 'theseUpTo', 'allUpTo'] as const
    const cited = criteria.at(-1)
    const blocks: ReportBlock[] =
      rows.length === 0
        ? [this.#none('crossReadsNone')]
        : [this.#table(head, [18, 16, 16, 16, 17, 17], rows)]
    if (cited !== undefined)
      blocks.push({
        kind: 'facts',
        rows: [
          [this.#word('cited'), cited.text],
          [this.#word('citedFrom'), cited.source],
        ],
      })
    return { id: 'neighbour', heading: this.#word('crossReads'), blocks }
  }

  #latencyPlots(): readonly ReportBlock[] {
    const ways: readonly LinkWay[] = ['ping', 'up', 'down']
    return ways.flatMap((way) => {
      const runs = this.#survey.links.filter((link) => link.way === way)
      const timed = runs.every(({ everyMs }) => everyMs !== undefined)
      if (runs.length === 0) return []
      return plotOf({
        caption: `${this.#word('latencyPlot')}: ${wayWords[way][this.#as]}`,
        across: this.#word(timed ? 'seconds' : 'probes'),
        up: this.#word('milliseconds'),
        ...latencyLimits(rulesOf(this.#survey.opened), way),
        limitWord: this.#word('limit'),
        lostWord: this.#word('lost'),
        series: runs.map((run) => ({
          name: `${run.peer} ${methodWords[run.method][this.#as]} ${clockTime(run.atMs)}`,
          points: latencyPoints(timed ? run : withoutPace(run)),
        })),
      })
    })
  }

  link(): ReportSection {
    const { links, rates, signals } = this.#survey
    const blocks: ReportBlock[] = []
    const runs = links.map((run) => {
      const { way, method, peer, interfaceName, clockErrorMs, certificate } = run
      const sum = linkSummary(run)
      const times = sum?.times ?? null
      const said = methodWords[method][this.#as]
      const error = clockErrorMs === null ? '' : ` ±${clockErrorMs}`
      const by = this.#marked(certificate === undefined ? said : `${said} (${certificate})`, run)
      return [
        ...[clockTime(run.atMs), wayWords[way][this.#as], by, peer, interfaceName ?? '–'],
        sum === null ? '–' : `${sum.sent} / ${sum.lost}`,
        times === null
          ? '–'
          : `${[times.p50Ms, times.p95Ms, times.maxMs].map((ms) => ms.toFixed(1)).join(' / ')}${error}`,
      ]
    })
    const head = ['recordedAt', 'direction', 'method', 'peer', 'interfaceName', 'sent', 'latencies']
    if (runs.length > 0)
      blocks.push(this.#table(head as ReportWord[], [21, 14, 10, 18, 7, 9, 21], runs))
    // Every run is in the annex.
    const alike = Map.groupBy(rates, (rate) =>
      JSON.stringify([rate.way, rate.peer, rate.interfaceName, rate.streams, rate.goneFor]),
    )
    const rateRows = [...alike.values()].flatMap((own) => {
      const [one] = own
      if (one === undefined) return []
      return [
        [
          ...[this.#marked(wayWords[one.way][this.#as], one), one.peer, one.interfaceName ?? '–'],
          ...[String(one.streams ?? '–'), String(own.length), spanOf(own.map(rateKbps), 'kbps')],
        ],
      ]
    })
    const rateHead = ['direction', 'peer', 'interfaceName', 'streams', 'runs', 'rate'] as const
    if (rateRows.length > 0) blocks.push(this.#table(rateHead, [17, 27, 13, 11, 9, 23], rateRows))
    const cells = [...Map.groupBy(signals, (one) => `${one.technology} ${one.goneFor}`).values()]
    const signalRows = cells.map((own) => {
      const rsrp = own.flatMap(({ rsrpDbm }) => rsrpDbm ?? [])
      const sinr = own.flatMap(({ sinrDb }) => sinrDb ?? [])
      return [
        ...own.slice(0, 1).map((one) => this.#marked(one.technology, one)),
        ...[String(own.length), spanOf(rsrp, 'dBm'), spanOf(sinr, 'dB')],
      ]
    })
    const signalHead = ['technology', 'readings', 'rsrp', 'sinr'] as const
    if (cells.length > 0) blocks.push(this.#table(signalHead, [22, 18, 30, 30], signalRows))
    blocks.push(...this.#latencyPlots())
    if (blocks.length === 0) blocks.push(this.#none('linkNone'))
    return { id: 'link', heading: this.#word('link'), blocks }
  }

  clocks(): ReportSection {
    const { clocks } = this.#survey
    const heading = this.#word('clocks')
    const [first] = clocks
    if (first === undefined) return { id: 'clocks', heading, blocks: [this.#none('clocksNone')] }
    const all = clockRows(this.#survey)
    const rows = all.map(({ name, verdict, read, note }): readonly ReportCell[] => {
      const said = { text: markedVerdict(verdict)[this.#as], verdict }
      if (read === null)
        return [
          ...[{ text: name[this.#as] }, { text: note[this.#as] }],
          ...[{ text: '–' }, { text: '0' }, { text: '–' }, said],
        ]
      const { readings, worst, standing, spanMs } = read
      return [
        { text: name[this.#as] },
        { text: this.#sourcesOf(readings) },
        { text: `${clockTime(readings[0]?.atMs ?? 0)}, ${(spanMs / minuteMs).toFixed(0)} min` },
        { text: String(standing) },
        { text: `${worst.offsetMs.toFixed(1)} ± ${worst.errorMs.toFixed(1)}` },
        said,
      ]
    })
    const plot = plotOf({
      caption: this.#word('clockPlot'),
      across: this.#word('minutes'),
      up: this.#word('offset'),
      ...clockLimits(rulesOf(this.#survey.opened)),
      limitWord: this.#word('limit'),
      lostWord: this.#word('lost'),
      series: all.flatMap(({ name, read }) =>
        read === null
          ? []
          : [
              {
                name: `${name[this.#as]} · ${this.#sourcesOf(read.readings)}`,
                points: clockPoints(read.readings, first.atMs),
              },
            ],
      ),
    })
    const head = (['device', 'source', 'span', 'readings', 'worst', 'verdict'] as const).map(
      (name) => this.#word(name),
    )
    const table = { kind: 'table' as const, head, widths: [15, 24, 19, 10, 17, 15], rows }
    return { id: 'clocks', heading, blocks: [table, plot] }
  }

  /** Each source of these readings with its server. */
  #sourcesOf(readings: readonly ClockBody[]): string {
    const each = readings.map(({ source, server, constellation }) => {
      const stars = constellation === null ? '' : ` (${constellation})`
      return `${this.#word(source)}${stars} ${server}`
    })
    return [...new Set(each)].join(', ')
  }
}

/** One axis for all runs of a direction: by number, when not every run knows its interval. */
function withoutPace<T extends { readonly everyMs?: number }>(run: T): Omit<T, 'everyMs'> {
  const { everyMs: _everyMs, ...rest } = run
  return rest
}
