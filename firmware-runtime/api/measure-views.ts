// What measures for a survey right now: the instrument on its link, and jobs that take their time.
// Shown as it is; what they recorded stands in the survey (survey-views.ts).
import type { LinkSummary } from '../survey/link-summary.ts'
import type { ClockBody, Criterion, ItemId, LinkWay, Verdict } from '../survey/record.ts'
import type { BilingualText } from '../core/values/fault-text.ts'
import type { ApiError } from './rows.ts'

export interface LiveLevel {
  /** Median of the last levels with the correction of the instrument, dBm. */
  readonly levelDbm: number
  readonly spreadDb: number
  readonly samples: number
  /** It stands still: a point that is taken now is good. */
  readonly still: boolean
  readonly overload: boolean
  /** How old the newest of them is: an instrument that stopped is not steady. */
  readonly ageMs: number
}

export interface InstrumentView {
  /** `lost`: not measured just now, see `fault`; a link that comes back goes on by itself. */
  readonly state: 'opening' | 'live' | 'burst' | 'lost'
  readonly profile: string
  readonly link: string
  readonly instrumentId: string
  readonly model: string | null
  readonly serialNo: string | null
  readonly calibratedOn: string | null
  readonly correctionDb: number
  readonly live: LiveLevel | null
  /** Levels of the point that is being taken, as read. */
  readonly burst: readonly number[]
  readonly burstOf: number
  readonly fault: ApiError | null
}

export const measureKinds = ['link', 'signal', 'clock', 'neighbour'] as const
export type MeasureKind = (typeof measureKinds)[number]

export interface JobView {
  readonly kind: MeasureKind
  /** Name of the survey that takes the records. */
  readonly survey: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  readonly step: string
  readonly percent: number
  /** By plan; null when it is over. */
  readonly leftMs: number | null
  readonly records: number
  readonly faults: readonly ApiError[]
  readonly startedAtIso: string
}

/** An antenna that a run which died had left searching. */
export interface PutBackView {
  readonly link: string
  readonly program: string
  readonly sinceIso: string
  /** Null: it is off again; else why it could not be reached. */
  readonly fault: ApiError | null
}

export interface MeasureView {
  readonly instrument: InstrumentView | null
  /** The last of each kind. */
  readonly jobs: readonly JobView[]
  /** Absent where nothing was left on. */
  readonly putBack?: readonly PutBackView[]
}

export interface MeasureChoice {
  /** VENDOR/MODEL, as `--profile` takes it. */
  readonly id: string
  readonly title: BilingualText
}

export interface MeasureChoices {
  readonly instruments: readonly MeasureChoice[]
  /** Column maps for the file of a tester. */
  readonly testers: readonly MeasureChoice[]
  readonly modems: readonly MeasureChoice[]
  /** Network cards of this computer, by name. */
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
  /** For the plot; of a long run every n-th, the worst of each n. */
  readonly latenciesMs: readonly (number | null)[]
  /** Time from one of them to the next. */
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
  /** 0: as at work. */
  readonly stressDb: number
  /** Rounds times the neighbour OBUs that were offered; own answers are none. */
  readonly trials: number
  readonly obus: number
  readonly places: number
  /** 95 %, one-sided, per cent; null: no neighbour OBU was offered. */
  readonly theseUpToPercent: number | null
  readonly allUpToPercent: number | null
}

/** What the rows from D6 on were judged by, to be looked at. */
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
    /** More than this. */
    readonly sinrDbOver: number
    readonly offsetMsMax: number
    /** Of each row by itself: a pack may give them different limits. */
    readonly latencyMsMaxOf: Readonly<Record<LinkWay, number>>
    readonly rateKbpsMinOf: Readonly<Record<'up' | 'down', number>>
    readonly offsetMsMaxOf: Readonly<Record<'beidou' | 'ntp', number>>
  }
}
