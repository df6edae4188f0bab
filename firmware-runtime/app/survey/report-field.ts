// Field, data link and clocks as sections of a report: figures beside their pictures. The figures come from the
// judgement; nothing is computed only here.
import { linkSummary, rateKbps } from '../../survey/link-summary.ts'
import { crossReadFacts } from '../../survey/cross-reads.ts'
import type { SurveyProject } from '../../survey/project.ts'
import type { LinkWay } from '../../survey/record.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { heatMapFigure, heatMapSize, heatMapSvg } from './heat-map.ts'
import type { ReportBlock, ReportLanguage, ReportSection, ReportTable } from './report-model.ts'
import { rulesOf } from '../../survey/survey-rules.ts'
import { clockLimits, clockPoints, latencyLimits, latencyPoints, plotOf } from './report-plots.ts'
import { failedPoints, obuTable, zoneRows } from './report-zone.ts'
import { markedVerdict, reportWords, wayWords, type ReportWord } from './report-words.ts'
import { fieldView, type FieldView } from '../../survey/survey-view.ts'

/** One time format everywhere; the offset is in the head of the report. */
export const plainTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
export const clockTime = (atMs: InstantMs): string => plainTime(isoOf(atMs))
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
        ...[...failedPoints(view, this.#as), ...obuTable(this.#survey, this.#as)],
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
          name: `${run.peer} ${run.method} ${clockTime(run.atMs)}`,
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
      const error = clockErrorMs === null ? '' : ` ±${clockErrorMs}`
      const by = this.#marked(
        certificate === undefined ? method : `${method} (${certificate})`,
        run,
      )
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
    const rateRows = rates.map((rate) => [
      ...[this.#marked(wayWords[rate.way][this.#as], rate), rate.peer, rate.interfaceName ?? '–'],
      `${(rate.bytes / 1e6).toFixed(2)} / ${(rate.durationMs / 1000).toFixed(2)}`,
      rateKbps(rate).toFixed(0),
    ])
    const rateHead = ['direction', 'peer', 'interfaceName', 'volume', 'rate'] as const
    if (rateRows.length > 0) blocks.push(this.#table(rateHead, [18, 26, 14, 24, 18], rateRows))
    const cells = signals.map(({ atMs, technology, rsrpDbm, sinrDb, ...signal }) => [
      ...[
        clockTime(atMs),
        this.#marked(technology, signal),
        rsrpDbm === null ? '–' : `${rsrpDbm} dBm`,
      ],
      sinrDb === null ? '–' : `${sinrDb} dB`,
    ])
    if (cells.length > 0) {
      const table = this.#table(['recordedAt', 'technology'], [30, 30, 20, 20], cells)
      blocks.push({ ...table, head: [...table.head, 'RSRP', 'SINR'] })
    }
    blocks.push(...this.#latencyPlots())
    if (blocks.length === 0) blocks.push(this.#none('linkNone'))
    return { id: 'link', heading: this.#word('link'), blocks }
  }

  clocks(): ReportSection {
    const { clocks } = this.#survey
    const heading = this.#word('clocks')
    const [first] = clocks
    if (first === undefined) return { id: 'clocks', heading, blocks: [this.#none('clocksNone')] }
    const sources = [...Map.groupBy(clocks, ({ source, server }) => `${source} ${server}`).values()]
    const named = sources.flatMap((readings) => {
      const [one] = readings
      return one === undefined ? [] : [{ one, readings }]
    })
    const rows = named.map(({ one, readings }) => {
      const worst = readings.reduce((a, b) => (Math.abs(b.offsetMs) > Math.abs(a.offsetMs) ? b : a))
      const last = readings.at(-1) ?? one
      const stars = one.constellation === null ? '' : ` (${one.constellation})`
      return [
        `${this.#word(one.source)}${stars}`,
        one.server,
        `${clockTime(one.atMs)} – ${clockTime(last.atMs)}`,
        String(readings.length),
        `${worst.offsetMs.toFixed(1)} ± ${worst.errorMs.toFixed(1)}`,
      ]
    })
    const plot = plotOf({
      caption: this.#word('clockPlot'),
      across: this.#word('minutes'),
      up: this.#word('offset'),
      ...clockLimits(rulesOf(this.#survey.opened)),
      limitWord: this.#word('limit'),
      lostWord: this.#word('lost'),
      series: named.map(({ one, readings }) => ({
        name: `${this.#word(one.source)} ${one.server}`,
        points: clockPoints(readings, first.atMs),
      })),
    })
    const table = this.#table(
      ['source', 'peer', 'span', 'readings', 'worst'],
      [16, 24, 30, 10, 20],
      rows,
    )
    return { id: 'clocks', heading, blocks: [table, plot] }
  }
}

/** One axis for all runs of a direction: by number, when not every run knows its interval. */
function withoutPace<T extends { readonly everyMs?: number }>(run: T): Omit<T, 'everyMs'> {
  const { everyMs: _everyMs, ...rest } = run
  return rest
}
