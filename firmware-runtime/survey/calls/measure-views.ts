// The measurements in progress for a survey: the instrument on its link, and jobs that take time. Live values only; the
// recorded ones are in the survey (survey-views.ts).
import type { LinkSummary } from '../pure/figures/link-summary.ts'
import type { Criterion } from '../pure/criterion.ts'
import type { ClockBody, ItemId, LinkWay, Verdict } from '../pure/file/record.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { ApiError } from '#base/calls/rows.ts'

export interface LiveLevel {
  /** Median of the last levels, with the correction of the instrument, dBm. */
  readonly levelDbm: number
  readonly spreadDb: number
  readonly samples: number
  /** The level is steady: a point taken now is good. */
  readonly still: boolean
  readonly overload: boolean
  /** Age of the newest level, ms: an instrument that stopped is not steady. */
  readonly ageMs: number
}

export interface InstrumentView {
  /** `lost`: not measuring at the moment, see `fault`; it continues when the link comes back. */
  readonly state: 'opening' | 'live' | 'burst' | 'lost'
  readonly profile: string
  readonly link: string
  readonly instrumentId: string
  readonly model: string | null
  readonly serialNo: string | null
  readonly calibratedOn: string | null
  readonly correctionDb: number
  readonly live: LiveLevel | null
  /** Levels of the point being taken, as read. */
  readonly burst: readonly number[]
  readonly burstOf: number
  readonly fault: ApiError | null
}

export const measureKinds = ['link', 'signal', 'clock', 'neighbour'] as const
export type MeasureKind = (typeof measureKinds)[number]

export interface JobView {
  readonly kind: MeasureKind
  /** Name of the survey that receives the records. */
  readonly survey: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  readonly step: string
  readonly percent: number
  /** By plan; null: finished. */
  readonly leftMs: number | null
  readonly records: number
  readonly faults: readonly ApiError[]
  readonly startedAtIso: string
}

/** An antenna that a crashed run had left searching. */
export interface PutBackView {
  readonly link: string
  readonly program: string
  readonly sinceIso: string
  /** Null: it was switched off again; else why it could not be reached. */
  readonly fault: ApiError | null
}

export interface MeasureView {
  readonly instrument: InstrumentView | null
  /** The last job of each kind. */
  readonly jobs: readonly JobView[]
  /** Absent: no antenna was left on. */
  readonly putBack?: readonly PutBackView[]
}

export interface MeasureChoice {
  /** VENDOR/MODEL, as for `--profile`. */
  readonly id: string
  readonly title: BilingualText
}

export interface MeasureChoices {
  readonly instruments: readonly MeasureChoice[]
  /** Column maps for the files of testers. */
  readonly testers: readonly MeasureChoice[]
  readonly modems: readonly MeasureChoice[]
  /** Network interfaces of this computer, by name. */
  readonly interfaces: readonly string[]
}

interface Recorded {
  readonly atIso: string
}

export interface LinkFigure extends Recorded {
  readonly way: LinkWay
  readonly method: string
  readonly peer: string
  readonly interfaceName: string | null
  readonly summary: LinkSummary | null
  readonly clockErrorMs: number | null
  readonly lookUpMs: number | null
  /** What is wrong with the certificate of an https host; null: nothing. */
  readonly certificate: string | null
  /** For the plot; of a long run every n-th value, the worst of each n. */
  readonly latenciesMs: readonly (number | null)[]
  /** Time between two plotted values. */
  readonly plotEveryMs: number
}

interface RateFigure extends Recorded {
  readonly way: 'up' | 'down'
  readonly peer: string
  readonly kbps: number
  readonly bytes: number
  readonly durationMs: number
}

interface SignalFigure extends Recorded {
  readonly technology: string
  readonly rsrpDbm: number | null
  readonly sinrDb: number | null
}

interface ClockFigure extends Recorded, Omit<ClockBody, 'kind'> {
  readonly atMs: number
}

export interface CrossReadFigure {
  readonly antennaId: number | null
  readonly inLane: number
  readonly inNeighbour: number
  /** 0: at operating power. */
  readonly stressDb: number
  /** Rounds times the neighbour OBUs offered; answers of the antenna's own OBUs do not count. */
  readonly trials: number
  readonly obus: number
  readonly places: number
  /** Upper bound at 95 %, one-sided, per cent; null: no neighbour OBU was offered. */
  readonly theseUpToPercent: number | null
  readonly allUpToPercent: number | null
}

/** The figures by which rows D6 and following were judged. */
export interface SurveyFigures {
  readonly verdicts: Readonly<Partial<Record<ItemId, Verdict>>>
  readonly access: 'wire' | 'mobile'
  readonly links: readonly LinkFigure[]
  readonly rates: readonly RateFigure[]
  readonly signals: readonly SignalFigure[]
  readonly clocks: readonly ClockFigure[]
  readonly crossReads: readonly CrossReadFigure[]
  readonly neighbourLevelsDbm: readonly number[]
  readonly criterion: Criterion
  readonly limits: {
    readonly lossPercentMax: number
    readonly latencyMsMax: number
    readonly rateKbpsMin: number
    readonly rsrpDbmMin: number
    /** Exclusive lower limit. */
    readonly sinrDbOver: number
    readonly offsetMsMax: number
    /** For each row: a rule pack may give the rows different limits. */
    readonly latencyMsMaxOf: Readonly<Record<LinkWay, number>>
    readonly rateKbpsMinOf: Readonly<Record<'up' | 'down', number>>
    readonly offsetMsMaxOf: Readonly<Record<'beidou' | 'ntp', number>>
  }
}
