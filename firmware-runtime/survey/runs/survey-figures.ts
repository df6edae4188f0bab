// The figures behind rows D6 and following, for the page: figures, plots, intervals.
// Made from the records alone.
import type { CrossReadFigure, LinkFigure, SurveyFigures } from '../calls/measure-views.ts'
import { offsetLimitOf } from '../pure/figures/clock-figures.ts'
import { criterionOf } from '../pure/criterion.ts'
import { crossReadFacts } from '../pure/figures/cross-reads.ts'
import { levelsAt } from '../pure/field/field-readings.ts'
import { rsrpLimitOf, sinrLimitOf } from '../pure/items/d13-radio.ts'
import { latencyLimitOf } from '../pure/figures/link-figures.ts'
import { linkSummary, rateKbps } from '../pure/figures/link-summary.ts'
import { rulesOf } from '../pure/survey-rules.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { rateLimitOf } from '../pure/figures/rate-figures.ts'
import { projectOf, type SurveyProject } from '../pure/file/project.ts'
import type { ItemId, SurveyRecord, Verdict } from '../pure/file/record.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { itemViews } from '../pure/file/survey-view.ts'

/** Number of points that a plot on a small screen can show. */
const plotMax = 400
const usualEveryMs = 1_000
/** Readings of half an hour, and half a day more. */
const rowsMax = 500

/** Valid records only; the report shows withdrawn ones as well. */
const stand = <T extends { readonly goneFor?: string }>(all: readonly T[]): readonly T[] =>
  all.filter(({ goneFor }) => goneFor === undefined).slice(-rowsMax)

type Latency = number | null

/** The worst value of each group, with a lost one as the worst: a plot must not hide what is judged. */
function plotted(all: readonly Latency[]): { readonly points: readonly Latency[]; each: number } {
  const each = Math.max(1, Math.ceil(all.length / plotMax))
  const points = Array.from({ length: Math.ceil(all.length / each) }, (_, i): Latency => {
    const group = all.slice(i * each, (i + 1) * each)
    const came = group.filter((ms) => ms !== null)
    return came.length < group.length ? null : Math.max(...came)
  })
  return { points, each }
}

const linkFigures = (survey: SurveyProject): readonly LinkFigure[] =>
  stand(survey.links).map((body) => {
    const { atMs, way, method, peer, interfaceName, clockErrorMs, lookUpMs, everyMs } = body
    const { points, each } = plotted(body.latenciesMs)
    return {
      atIso: isoOf(atMs),
      way,
      method,
      peer,
      interfaceName,
      clockErrorMs,
      lookUpMs: lookUpMs ?? null,
      certificate: body.certificate ?? null,
      summary: linkSummary(body),
      latenciesMs: points,
      plotEveryMs: each * (everyMs ?? usualEveryMs),
    }
  })

/** One line for each run, as judged: runs are never added up. */
const crossReadFigures = ({ crossReads }: SurveyProject): readonly CrossReadFigure[] =>
  stand(crossReads).map((body) => {
    const { antennaId, inLane, stressDb = 0 } = body
    const { trials, reads: inNeighbour, obus, places, share } = crossReadFacts(body)
    return {
      antennaId,
      inLane,
      inNeighbour,
      stressDb,
      trials,
      obus,
      places,
      theseUpToPercent: share === null ? null : 100 * share.theseUpTo,
      allUpToPercent: share === null ? null : 100 * share.allUpTo,
    }
  })

const limitsOf = (rules: Rules): SurveyFigures['limits'] => ({
  lossPercentMax: rules.limit('D7', 'lossMax'),
  latencyMsMax: latencyLimitOf(rules, 'ping'),
  rateKbpsMin: rateLimitOf(rules, 'up'),
  rsrpDbmMin: rsrpLimitOf(rules),
  sinrDbOver: sinrLimitOf(rules),
  offsetMsMax: offsetLimitOf(rules, 'ntp'),
  latencyMsMaxOf: {
    ping: latencyLimitOf(rules, 'ping'),
    up: latencyLimitOf(rules, 'up'),
    down: latencyLimitOf(rules, 'down'),
  },
  rateKbpsMinOf: { up: rateLimitOf(rules, 'up'), down: rateLimitOf(rules, 'down') },
  offsetMsMaxOf: { beidou: offsetLimitOf(rules, 'beidou'), ntp: offsetLimitOf(rules, 'ntp') },
})

export function surveyFigures(records: readonly SurveyRecord[]): SurveyFigures {
  const survey = projectOf(records)
  const verdicts: Partial<Record<ItemId, Verdict>> = {}
  for (const { id, verdict } of itemViews(survey)) verdicts[id] = verdict
  return {
    verdicts,
    access: survey.opened?.access ?? 'wire',
    links: linkFigures(survey),
    rates: stand(survey.rates).map((body) => {
      const { atMs, way, peer, bytes, durationMs } = body
      return { atIso: isoOf(atMs), way, peer, bytes, durationMs, kbps: rateKbps(body) }
    }),
    signals: stand(survey.signals).map(({ atMs, technology, rsrpDbm, sinrDb }) => ({
      atIso: isoOf(atMs),
      technology,
      rsrpDbm,
      sinrDb,
    })),
    clocks: stand(survey.clocks)
      .slice(-rowsMax)
      .map(({ kind: _kind, by: _by, atMs, ...body }) => ({ ...body, atMs, atIso: isoOf(atMs) })),
    crossReads: crossReadFigures(survey),
    neighbourLevelsDbm: [...levelsAt(survey, 'neighbour').values()].map(({ levelDbm }) => levelDbm),
    criterion: criterionOf(survey),
    limits: limitsOf(rulesOf(survey.opened)),
  }
}
