// What a survey file holds: records in the order in which they were made, none ever changed. Undoing
// is a record, too. Levels in dBm, places in mm (grid.ts), times as instants.
import type { answerVerdicts, signerWords, verdictWords } from '../core/values/survey-words.ts'
import type { InstantMs } from '../core/values/instant.ts'
import type { BilingualText } from '../core/values/fault-text.ts'
import type { GridTemplate, PointMm } from './grid.ts'
import type { ItemId } from './items/ids.ts'
import type { MeasuredLine, PlacedPx } from '../core/values/drawing.ts'
import type { Origin } from './origin.ts'
import type { LotPool } from './sampling.ts'
import type { RulePack } from '../core/values/rules/rule-pack.ts'

export type { ItemId } from './items/ids.ts'

export interface AreaMm {
  readonly leftMm: number
  readonly rightMm: number
  readonly nearMm: number
  readonly farMm: number
}

export const decisionRules = ['r0', 'r1', 'r2'] as const
/** How far from the limit a level has to be: not at all, 1.64 or 2 standard uncertainties (decision.ts). */
export type DecisionRule = (typeof decisionRules)[number]

/** What row 5 is judged by: said before the first reading, and never changed (zone-plan.ts). */
export interface ZonePlan {
  /** The part of the lane that needs the zone; the trigger lies in it. */
  readonly needed: AreaMm
  /** Why it is smaller than usual, by the person of this record; null: it is not. */
  readonly neededReason: string | null
  /** Where the corner 0, 0 of the grid lies: from the lane's left edge, and from the antenna's foot. */
  readonly origin: PointMm
  readonly rule: DecisionRule
  /** Standard uncertainty of one level. */
  readonly uncertaintyDb: number
  /** Middles of the lanes beside, across the plan of the grid; empty: there is none, and a person says so. */
  readonly neighbourAxesMm: readonly number[]
  /** Why there is no lane beside, in words of the person of this record. */
  readonly noNeighbours?: string
}

/** The site and lane, how the area is measured and where the lane needs the zone. */
export interface OpenedBody {
  readonly kind: 'opened'
  readonly title: string
  readonly site: string
  readonly lane: string
  readonly grid: GridTemplate
  /** Where the car is triggered: the field should be strongest there (clause 7.1.1 e). */
  readonly trigger: PointMm | null
  /** How the lane reaches the platform: D13 is asked of mobile networks alone. */
  readonly access: 'wire' | 'mobile'
  /** Surveys made before this member do not say: their row 5 stays incomplete. */
  readonly zone?: ZonePlan
  /** The rule pack that it is judged by; absent: the base (survey-rules.ts). */
  readonly rules?: RulePack
}

/** The antenna and its settings while it was measured; null where nobody knows. */
export interface SetupBody {
  readonly kind: 'setup'
  readonly profile: string
  readonly firmware: string | null
  readonly settings: Readonly<Record<string, number | string>>
  readonly heightMm: number | null
  readonly downDeg: number | null
  /** Towards the lane, from straight against the traffic (clause 7.1.1 c). */
  readonly yawDeg: number | null
  /** Where it hangs, in the plan of the grid; records made before this member do not say. */
  readonly at?: PointMm | null
}

export interface InstrumentBody {
  readonly kind: 'instrument'
  readonly instrumentId: string
  readonly model: string
  readonly serialNo: string | null
  /** `2026-03-01`; null: not stated. */
  readonly calibratedOn: string | null
  readonly calibratedUntil: string | null
  /** What cable and calibration add to a level before it is judged, dB. */
  readonly correctionDb: number
  /** Of the probe, with which a level of power is brought to one of 0 dBi; rows made before this member do not say. */
  readonly gainDbi?: number
  readonly simulated: boolean
}

export const fieldAreas = ['lane', 'neighbour', 'background', 'drift'] as const
/**
 * `lane` is this lane's area and what lies around it, `neighbour` a place next door, `background` a place
 * read while the antenna is off, `drift` one point read before the first and after the last.
 */
export type FieldArea = (typeof fieldAreas)[number]

export interface FieldBody extends PointMm {
  readonly kind: 'field'
  readonly origin?: Origin
  readonly zMm: number
  readonly instrumentId: string
  /** Which antenna sent; null: all of them together. */
  readonly antennaId: number | null
  readonly place: FieldArea
  /** As read, before correction. */
  readonly levelsDbm: readonly number[]
  /** It was said as field strength, so that the levels are those of 0 dBi already. */
  readonly unit?: 'dBuV/m'
  /** `vendor/model revision` by which a file of it was read; left out: no profile was chosen. */
  readonly profile?: string
  /** As the file names it. */
  readonly channel?: string
  /** Why a point that has a reading is read once more; both count. */
  readonly reason?: string
}

/** One OBU held at one place while the antenna calls: how many of its tries ended in a transaction. */
export interface ObuTriesBody extends PointMm {
  readonly kind: 'obuTries'
  readonly obuId: string
  readonly zMm: number
  readonly tries: number
  readonly good: number
}

/** An OBU that stood in another lane while an antenna was driven. */
export interface OfferedObu {
  readonly obuId: string
  /** Where it stood, in words; empty: not said. */
  readonly place: string
  /** Rounds, times the antennas that were not its own. */
  readonly trials: number
  readonly reads: number
}

/** An OBU of the driven lane, and in how many rounds it was read there: it can be read. */
interface OwnObu {
  readonly obuId: string
  readonly reads: number
}

/** Who answered while one antenna was driven (or all, null). */
export interface CrossReadBody {
  readonly kind: 'crossRead'
  readonly origin?: Origin
  readonly antennaId: number | null
  readonly inLane: number
  readonly inNeighbour: number
  /** Records made before these two members do not say what was offered, and show no absence. */
  readonly rounds?: number
  readonly neighbours?: readonly OfferedObu[]
  /** Records made before this member show of no OBU that it can be read. */
  readonly own?: readonly OwnObu[]
  /** The antenna sent so much stronger than at work; left out: as at work. */
  readonly stressDb?: number
}

/** What a person cites of a standard that this program does not know: it replaces what is assumed. */
export interface CriterionBody {
  readonly kind: 'criterion'
  readonly item: 'D6'
  readonly triesMin: number
  readonly readsMax: number
  readonly neighbourDbmMax: number | null
  readonly text: string
  readonly source: string
}

export interface CheckBody {
  readonly kind: 'check'
  readonly item: ItemId
  /** Which question of the item (checks.ts). */
  readonly part: string
  readonly answer: keyof typeof answerVerdicts
  readonly remark: string
  /** SM3 of photos in the file; those of records of kind `photo` are not repeated here. */
  readonly photos: readonly string[]
  /** Where it was looked at, in words; records made before this member do not say. */
  readonly where?: string
}

/** A picture whose bytes are in the file, under SM3 of them. */
export interface PictureFacts {
  readonly digest: string
  readonly mime: 'image/jpeg' | 'image/png'
  readonly widthPx: number
  readonly heightPx: number
  readonly bytes: number
}

/** A photo taken for one question; its time is that of its record. */
export interface PhotoBody extends PictureFacts {
  readonly kind: 'photo'
  readonly item: ItemId
  readonly part: string
  readonly remark: string
  /** In words. */
  readonly where: string
  /** In the plan of the grid, where somebody said it. */
  readonly at: PointMm | null
}

/** What the installed profile of an antenna said when the name plate was read. */
export interface LibraryWord {
  /** `vendor/model`. */
  readonly profile: string
  readonly revision: number
  /** Tested types that it names with their hardware; empty: it says nothing of them. */
  readonly approvals: readonly {
    readonly approvalNo: string
    readonly hardwareVersions: readonly string[]
  }[]
}

/** The antenna's name plate as a person read it; null: it does not say. */
export interface NameplateBody {
  readonly kind: 'nameplate'
  readonly model: string
  readonly serialNo: string | null
  readonly approvalNo: string | null
  readonly hardwareVersion: string | null
  /** Null: no profile was named. */
  readonly library: LibraryWord | null
}

/** A picture of the site from above: a plan, or a photo. */
export interface DrawingBody extends PictureFacts {
  readonly kind: 'drawing'
  readonly title: string
}

/** How far a pixel of a drawing reaches, proven by a second distance, and where the grid lies on it. */
export interface ScaleBody {
  readonly kind: 'scale'
  /** Of the drawing. */
  readonly digest: string
  readonly known: MeasuredLine
  readonly check: MeasuredLine
  readonly placed: PlacedPx | null
}

/** This file was made from a damaged one; what did not come over, by its number there. */
export interface RepairedBody {
  readonly kind: 'repaired'
  readonly fromSurveyId: string
  readonly lost: readonly number[]
  /** Came over, and does not follow its chain: kept and taken back. */
  readonly suspect: readonly number[]
  /** SM3 of pictures whose bytes are gone. */
  readonly picturesLost: readonly string[]
}

export type LinkWay = 'ping' | 'up' | 'down'

/** One run of probes; a lost one is null. One-way times need a peer that stamps. */
export interface LinkBody {
  readonly kind: 'link'
  readonly origin?: Origin
  readonly way: LinkWay
  /** `udp` is stamped packet by packet; `stamped` goes through TCP, which sends lost ones again. */
  readonly method: 'icmp' | 'tcp' | 'https' | 'stamped' | 'udp'
  readonly peer: string
  readonly interfaceName: string | null
  readonly latenciesMs: readonly (number | null)[]
  /** How far the clocks of both ends may be apart, for one-way times. */
  readonly clockErrorMs: number | null
  /** Time between two probes, on the average. */
  readonly everyMs?: number
  /** `exponential`: at random, so that no beat of the link is hidden or met each time. */
  readonly gaps?: 'even' | 'exponential'
  /** Probes that were meant to be sent before the first was: when the run is looked at. */
  readonly planned?: number
  /** Looking the peer's name up took this long; no part of any latency. */
  readonly lookUpMs?: number
  /** What is wrong with the certificate of an https host, by the name it has in TLS; left out: nothing. */
  readonly certificate?: string
}

export interface RateBody {
  readonly kind: 'rate'
  readonly origin?: Origin
  readonly way: 'up' | 'down'
  readonly peer: string
  readonly bytes: number
  readonly durationMs: number
  readonly interfaceName?: string | null
  /** Connections at once. */
  readonly streams?: number
  /** Runs that belong together. */
  readonly series?: string
  /** Left out before it was counted. */
  readonly warmMs?: number
  /** Since the run of the series before it ended. */
  readonly apartMs?: number
  /** Congestion control of the sender, as its system names it. */
  readonly congestion?: string
}

export interface SignalBody {
  readonly kind: 'signal'
  readonly origin?: Origin
  readonly technology: string
  readonly rsrpDbm: number | null
  readonly sinrDb: number | null
  /** The modem's own line. */
  readonly raw: string
}

/** One reading of a clock against its source, offset = ours - theirs. */
export interface ClockBody {
  readonly kind: 'clock'
  readonly origin?: Origin
  readonly source: 'beidou' | 'ntp'
  readonly server: string
  /** `BD`, `GB`, `GP`, `GN` ...; null for the network. */
  readonly constellation: string | null
  readonly offsetMs: number
  /** How wrong the offset may be: that of the method and that of the ruler together. */
  readonly errorMs: number
  /** Whose clock; `ruler` is that of whoever measures. Left out: the lane's computer. */
  readonly of?: 'lane' | 'camera' | 'rsu' | 'platform' | 'ruler'
  /** Which of several. */
  readonly device?: string
  /** When this clock was set by its source last, as its own log says. */
  readonly syncedAtMs?: InstantMs
}

/** A part of a run, by the row that it measures. */
export interface RunOf {
  readonly item: ItemId
  /** Which of several that are measured by themselves: a stress run, one clock; left out: the row has one. */
  readonly of?: string
}

/** The first probe of these is about to be sent: a run that is killed was begun all the same. */
export interface StartedBody {
  readonly kind: 'started'
  readonly runs: readonly RunOf[]
}

/** These rows are measured once more; its person and time are those of the record. */
export interface RerunBody {
  readonly kind: 'rerun'
  readonly items: readonly ItemId[]
  readonly reason: string
}

export interface DeviationBody {
  readonly kind: 'deviation'
  readonly item: ItemId
  readonly text: string
  /** Of older surveys: the part of the lane that needs the zone is said when a survey is opened. */
  readonly area: AreaMm | null
}

/** What the cover of a report says of who made it and where; the last record of it counts. */
export interface CoverBody {
  readonly kind: 'cover'
  /** Of the report, as its maker counts them; empty texts: not said. */
  readonly number: string
  /** Who measured. */
  readonly company: string
  /** Of the site. */
  readonly address: string
  /** Who signs and stamps for the car park. */
  readonly representative: string
  /** The company's mark; its bytes are in the file. */
  readonly logo: PictureFacts | null
}

/** A row of table D.1 that has not passed. */
export interface UnpassedRow {
  readonly item: ItemId
  readonly verdict: 'fail' | 'incomplete' | 'marginal'
}

/** Signed although rows have not passed: which they were, why, and who answers for it. */
export interface SignedDespite {
  readonly rows: readonly UnpassedRow[]
  readonly reason: string
  readonly who: string
}

/** Somebody stands for what was recorded until then; whatever comes later is not signed. */
export interface SignatureBody {
  readonly kind: 'signature'
  readonly role: keyof typeof signerWords
  readonly name: string
  /** Moves and lines of the pen in a box of 600 x 200 (`M10,20L30,40`); null: the name was typed. */
  readonly path: string | null
  /** Left out: every row had passed, or the record was made before this was asked for. */
  readonly despite?: SignedDespite
}

interface WithdrawnBody {
  readonly kind: 'withdrawn'
  readonly recordId: string
  readonly reason: string
}

/** Two files of one survey were joined (merge.ts): each old chain by its head and its records in order. */
export interface MergedBody {
  readonly kind: 'merged'
  readonly parts: readonly {
    readonly surveyId: string
    readonly createdAtMs: InstantMs
    readonly head: string
    readonly ids: readonly string[]
  }[]
}

/** Car parks among which is drawn, frozen before the value of the source is known (sampling.ts). */
export interface LotPoolBody extends LotPool {
  readonly kind: 'lotPool'
}

/** The public value, entered once it is known. */
interface LotValueBody {
  readonly kind: 'lotValue'
  readonly source: string
  readonly value: string
}

export interface LotDrawBody {
  readonly kind: 'lotDraw'
  readonly seed: string
  readonly drawn: readonly string[]
}

export type SurveyBody =
  | LotPoolBody
  | LotValueBody
  | LotDrawBody
  | OpenedBody
  | SetupBody
  | InstrumentBody
  | FieldBody
  | ObuTriesBody
  | CrossReadBody
  | CriterionBody
  | CheckBody
  | PhotoBody
  | NameplateBody
  | DrawingBody
  | ScaleBody
  | RepairedBody
  | LinkBody
  | RateBody
  | SignalBody
  | ClockBody
  | DeviationBody
  | StartedBody
  | RerunBody
  | CoverBody
  | SignatureBody
  | WithdrawnBody
  | MergedBody

export interface SurveyRecord {
  readonly id: string
  readonly seq: number
  readonly atMs: InstantMs
  readonly by: string
  readonly body: SurveyBody
}

/** `marginal`: all was measured, and it shows neither a pass nor a fail with the certainty that is asked. */
export type Verdict = keyof typeof verdictWords

export interface Finding {
  readonly verdict: Verdict
  /** The figure that is judged, null where there is none. */
  readonly value: number | null
  readonly unit: string | null
  /** Readings behind it. */
  readonly readings: number
  readonly words: BilingualText
}

/** By what row 6 is judged. */
export interface Criterion {
  readonly status: 'assumed' | 'cited'
  /** Trials (rounds times neighbour OBUs offered) of one run, and how many of them may be read. */
  readonly triesMin: number
  readonly readsMax: number
  /** Of one run: different neighbour OBUs, and places where they stood. */
  readonly obusMin: number
  readonly placesMin: number
  /** Of a run for which nobody says how many. */
  readonly rounds: number
  /** The same OBUs once more with the antenna so much stronger; 0: not asked. */
  readonly stressDb: number
  /** The field at the neighbour's place stays below this; null: it is measured and not judged. */
  readonly neighbourDbmMax: number | null
  readonly procedure: BilingualText
  /** As printed in the standard; empty while it is assumed. */
  readonly text: string
  /** Where it is printed; empty while it is assumed. */
  readonly source: string
}
