// Field, data link and clocks as sections of a report: figures beside their pictures. The figures come from the
// judgement; nothing is computed only here.
import { clockRows } from '../pure/figures/clock-figures.ts'
import { crossReadFacts } from '../pure/figures/cross-reads.ts'
import type { ClockBody, LinkWay } from '../pure/file/record.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { heatMapFigure, heatMapSize, heatMapSvg } from './heat-map.ts'
import { rulesOf } from '../pure/survey-rules.ts'
import { clockLimits, clockPoints, latencyLimits, latencyPoints, plotOf } from './report-plots.ts'
import { fieldView, type FieldView } from '../pure/file/survey-view.ts'
import { linkSummary } from '../pure/figures/link-summary.ts'
import type { ReportBlock, ReportSection } from './report-model.ts'
import { failedPoints, zoneRows } from './report-zone.ts'
import { markedVerdict, methodWords, wayWords, type ReportWord } from './report-words.ts'
import { SectionMaker, textOf } from './report-blocks.ts'

/** One time format everywhere; the offset is in the head of the report. */
export const plainTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
export const clockTime = (atMs: InstantMs): string => plainTime(isoOf(atMs))
const metres = (mm: number): string => `${(mm / 1000).toFixed(2)} m`

export class FieldSections extends SectionMaker {
  /** A withdrawn run is marked. */
  #marked(text: string, { goneFor }: { readonly goneFor?: string }): string {
    return goneFor === undefined ? text : `${text} (${this.word('takenBack')})`
  }

  #none(name: ReportWord): ReportBlock {
    return textOf(this.word(name))
  }

  #zoneRows(view: FieldView): [string, string][] {
    const { zone, strongest } = view
    const open = (zone?.openSides.length ?? 0) > 0 ? ` (${this.word('goesOn')})` : ''
    const size =
      zone === null
        ? this.word('none')
        : `${metres(zone.widthMm)} × ${metres(zone.lengthMm)}${open}`
    const rows: [string, string][] = [[this.word('zone'), size]]
    if (strongest === null) return rows
    const { verdict, words } = strongest
    const said = `${markedVerdict(verdict)[this.as]}: ${words[this.as]}`
    return [...rows, [`${this.word('strongest')} (7.1.1 e)`, said]]
  }

  field(): ReportSection {
    const view = fieldView(this.survey)
    if (view === null || view.cells.every(({ levelDbm }) => levelDbm === null))
      return this.section('field', 'field', [this.#none('fieldNone')])
    const count = (...which: readonly string[]): number =>
      view.cells.filter(({ verdict }) => which.includes(verdict)).length
    const rows = [...zoneRows(this.survey, view, this.as), ...this.#zoneRows(view)]
    rows.push([
      `${this.word('points')} (${this.word('ofThem')})`,
      `${count('pass', 'free', 'marginal')} / ${count('fail')} / ${count('open')}`,
    ])
    if (view.containment !== null) rows.push([this.word('containment'), String(view.containment)])
    const next = view.neighbour.map(
      ({ xMm, yMm, levelDbm }) => `(${metres(xMm)}, ${metres(yMm)}) ${levelDbm.toFixed(1)} dBm`,
    )
    if (next.length > 0) rows.push([this.word('neighbour'), next.join('; ')])
    const drawing = {
      kind: 'drawing' as const,
      ...heatMapSize(view),
      figureSize: heatMapFigure,
      svg: heatMapSvg(this.survey, view, {
        boom: this.word('boomUp'),
        neighbour: this.word('nextDoor'),
      }),
      caption: this.word('fieldNote'),
    }
    const facts: ReportBlock = { kind: 'facts', rows }
    return this.section('field', 'field', [drawing, facts, ...failedPoints(view, this.as)])
  }

  neighbour(): ReportSection {
    const { crossReads, criteria } = this.survey
    const rows = crossReads.map((body) => {
      const { antennaId, inLane, stressDb = 0 } = body
      const { trials, reads, obus, places, share } = crossReadFacts(body)
      const upTo = (part: number): string => `≤ ${(100 * part).toFixed(1)}%`
      const driven = antennaId === null ? this.word('together') : String(antennaId)
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
        : [this.table(head, [18, 16, 16, 16, 17, 17], rows)]
    if (cited !== undefined)
      blocks.push({
        kind: 'facts',
        rows: [
          [this.word('cited'), cited.text],
          [this.word('citedFrom'), cited.source],
        ],
      })
    return this.section('neighbour', 'crossReads', blocks)
  }

  #latencyPlots(): readonly ReportBlock[] {
    const ways: readonly LinkWay[] = ['ping', 'up', 'down']
    return ways.flatMap((way) => {
      const runs = this.survey.links.filter((link) => link.way === way)
      const timed = runs.every(({ everyMs }) => everyMs !== undefined)
      if (runs.length === 0) return []
      return plotOf({
        caption: `${this.word('latencyPlot')}: ${wayWords[way][this.as]}`,
        across: this.word(timed ? 'seconds' : 'probes'),
        up: this.word('milliseconds'),
        ...latencyLimits(rulesOf(this.survey.opened), way),
        limitWord: this.word('limit'),
        lostWord: this.word('lost'),
        series: runs.map((run) => ({
          name: `${run.peer} ${methodWords[run.method][this.as]} ${clockTime(run.atMs)}`,
          points: latencyPoints(timed ? run : withoutPace(run)),
        })),
      })
    })
  }

  link(): ReportSection {
    const { links, rates, signals } = this.survey
    const blocks: ReportBlock[] = []
    const runs = links.map((run) => {
      const { way, method, peer, interfaceName, clockErrorMs, certificate } = run
      const sum = linkSummary(run)
      const times = sum?.times ?? null
      const said = methodWords[method][this.as]
      const error = clockErrorMs === null ? '' : ` ±${clockErrorMs}`
      const by = this.#marked(certificate === undefined ? said : `${said} (${certificate})`, run)
      return [
        ...[clockTime(run.atMs), wayWords[way][this.as], by, peer, interfaceName ?? '–'],
        sum === null ? '–' : `${sum.sent} / ${sum.lost}`,
        times === null
          ? '–'
          : `${[times.p50Ms, times.p95Ms, times.maxMs].map((ms) => ms.toFixed(1)).join('/')}${error}`,
      ]
    })
    const head = ['recordedAt', 'direction', 'method', 'peer', 'interfaceName', 'sent', 'latencies']
    if (runs.length > 0)
      blocks.push(this.table(head as ReportWord[], [21, 14, 10, 18, 7, 9, 21], runs))
    blocks.push(...this.#latencyPlots())
    const isRead = links.length + rates.length + signals.length > 0
    return this.section('link', 'link', [...blocks, this.#none(isRead ? 'inAnnex' : 'linkNone')])
  }

  clocks(): ReportSection {
    const { clocks } = this.survey
    const [first] = clocks
    if (first === undefined) return this.section('clocks', 'clocks', [this.#none('clocksNone')])
    const all = clockRows(this.survey)
    const rows = all.map(({ name, state, read, words }) => {
      const said = this.verdict(state)
      if (read === undefined) return [name[this.as], words[this.as], '–', '0', '–', said]
      const { readings, worst, standing, spanMs } = read
      return [
        ...[name[this.as], this.#sourcesOf(readings)],
        `${clockTime(readings[0]?.atMs ?? 0)}, ${(spanMs / minuteMs).toFixed(0)} min`,
        ...[String(standing), `${worst.offsetMs.toFixed(1)} ± ${worst.errorMs.toFixed(1)}`, said],
      ]
    })
    const plot = plotOf({
      caption: this.word('clockPlot'),
      across: this.word('minutes'),
      up: this.word('offset'),
      ...clockLimits(rulesOf(this.survey.opened)),
      limitWord: this.word('limit'),
      lostWord: this.word('lost'),
      series: all
        .filter(({ read }) => read !== undefined)
        .flatMap(({ name, read }) =>
          [read?.readings ?? []].map((readings) => ({
            name: `${name[this.as]} · ${this.#sourcesOf(readings)}`,
            points: clockPoints(readings, first.atMs),
          })),
        ),
    })
    const head = ['device', 'source', 'span', 'readings', 'worst', 'verdict'] as const
    const table = this.table(head, [15, 24, 19, 10, 17, 15], rows)
    return this.section('clocks', 'clocks', [table, plot])
  }

  /** Each source of these readings with its server. */
  #sourcesOf(readings: readonly ClockBody[]): string {
    const each = readings.map(({ source, server, constellation }) => {
      const stars = constellation === null ? '' : ` (${constellation})`
      return `${this.word(source)}${stars} ${server}`
    })
    return [...new Set(each)].join(', ')
  }
}

/** One axis for all runs of a direction: by number, when not every run knows its interval. */
function withoutPace<T extends { readonly everyMs?: number }>(run: T): Omit<T, 'everyMs'> {
  const { everyMs: _everyMs, ...rest } = run
  return rest
}
