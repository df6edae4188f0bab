// The records of a survey file, in the order in which they were made; none is ever changed. A withdrawal is a record,
// too. Levels in dBm, places in mm (grid.ts), times as instants.
import type { answerVerdicts, signerWords, verdictWords } from '#base/pure/words/survey-words.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { DecisionRule } from '../decision.ts'
import type { GridTemplate, PointMm } from '../field/grid.ts'
import type { ItemId } from '../items/ids.ts'
import type { NextStep } from '../next-steps.ts'
import type { MeasuredLine, PlacedPx } from '#base/pure/data/drawing.ts'
import type { Origin } from './origin.ts'
import type { LotPool } from './sampling.ts'
import type { OpenMember } from '#base/pure/values/open-readers.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'

export type { ItemId } from '../items/ids.ts'

export interface AreaMm {
  readonly leftMm: number
  readonly rightMm: number
  readonly nearMm: number
  readonly farMm: number
}

/** Criteria of row 5: fixed before the first reading and never changed (zone-plan.ts). */
export interface ZonePlan {
  /** The part of the lane that needs the zone; the trigger lies in it. */
  readonly needed: AreaMm
  /** Reason for a smaller area than usual, by the person of this record; null: not smaller. */
  readonly neededReason: string | null
  /** Position of the grid origin: from the lane's left edge, and from the foot of the antenna. */
  readonly origin: PointMm
  readonly rule: DecisionRule
  /** Standard uncertainty of one level. */
  readonly uncertaintyDb: number
  /** Centre lines of the adjacent lanes, x in the grid, mm; empty: no adjacent lane, as a person has stated. */
  readonly neighbourAxesMm: readonly number[]
  /** Reason for no adjacent lane, by the person of this record. */
  readonly noNeighbours?: string
}

/** The site and lane, how the area is measured and where the lane needs the zone. */
export interface OpenedBody extends OpenMember {
  readonly kind: 'opened'
  readonly title: string
  readonly site: string
  readonly lane: string
  readonly grid: GridTemplate
  /** Position of the trigger, where the field should be strongest (clause 7.1.1 e). */
  readonly trigger: PointMm | null
  /** Network of the lane: D13 is required for mobile networks only. */
  readonly access: 'wire' | 'mobile'
  /** Absent in older surveys, whose row 5 stays incomplete. */
  readonly zone?: ZonePlan
  /** Rule pack of the survey; absent: the base (survey-rules.ts). */
  readonly rules?: RulePack
}

/** The antenna and its settings during the measurement; null: unknown. */
export interface SetupBody {
  readonly kind: 'setup'
  readonly profile: string
  readonly firmware: string | null
  readonly settings: Readonly<Record<string, number | string>>
  readonly heightMm: number | null
  readonly downDeg: number | null
  /** Rotation towards the lane, from the direction against the traffic (clause 7.1.1 c). */
  readonly yawDeg: number | null
  /** Position in the grid plane; absent in older records. */
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
  /** Correction for cable and calibration, added to a level before it is judged, dB. */
  readonly correctionDb: number
  /** Gain of the probe, which converts a power level to that of a 0 dBi antenna; absent in older rows. */
  readonly gainDbi?: number
  readonly simulated: boolean
}

export const fieldAreas = ['lane', 'neighbour', 'background', 'drift'] as const
/**
 * `lane`: this lane's area and its surroundings; `neighbour`: a place in the adjacent lane; `background`: a place
 * read while the antenna is off; `drift`: one point read before the first and after the last point.
 */
export type FieldArea = (typeof fieldAreas)[number]

export interface FieldBody extends PointMm {
  readonly kind: 'field'
  readonly origin?: Origin
  readonly zMm: number
  readonly instrumentId: string
  /** The transmitting antenna; null: all antennas together. */
  readonly antennaId: number | null
  readonly place: FieldArea
  /** As read, before correction. */
  readonly levelsDbm: readonly number[]
  /** The reading was a field strength, so the levels already refer to 0 dBi. */
  readonly unit?: 'dBuV/m'
  /** `vendor/model revision` of the profile that parsed the file; absent: no profile was chosen. */
  readonly profile?: string
  /** Channel name in the file. */
  readonly channel?: string
  /** Reason for another reading of the same point; both count. */
  readonly reason?: string
}

/** One OBU held at one place while the antenna calls: the number of tries and of completed transactions. */
export interface ObuTriesBody extends PointMm {
  readonly kind: 'obuTries'
  readonly obuId: string
  readonly zMm: number
  readonly tries: number
  readonly good: number
}

/** An OBU placed in another lane while an antenna was driven. */
export interface OfferedObu {
  readonly obuId: string
  /** Description of its place; empty: not stated. */
  readonly place: string
  /** Rounds times the number of antennas that were not its own. */
  readonly trials: number
  readonly reads: number
}

/** An OBU of the driven lane, and the number of rounds in which it was read, as evidence that it can be read. */
interface OwnObu {
  readonly obuId: string
  readonly reads: number
}

/** OBUs that answered while one antenna was driven (null: all antennas). */
export interface CrossReadBody {
  readonly kind: 'crossRead'
  readonly origin?: Origin
  readonly antennaId: number | null
  readonly inLane: number
  readonly inNeighbour: number
  /** Absent, with the next member, in older records, which then do not show the absence of interference. */
  readonly rounds?: number
  readonly neighbours?: readonly OfferedObu[]
  /** Absent in older records, which have no evidence that any OBU can be read. */
  readonly own?: readonly OwnObu[]
  /** Increase of power over work, dB; absent: as at work. */
  readonly stressDb?: number
}

/** Criteria that a person cites from a standard unknown to this program; they replace the assumed ones. */
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
  /** Question of the item (checks.ts). */
  readonly part: string
  readonly answer: keyof typeof answerVerdicts
  readonly remark: string
  /** SM3 of photos in the file; those of records of kind `photo` are not repeated here. */
  readonly photos: readonly string[]
  /** Description of the place that was checked; absent in older records. */
  readonly where?: string
}

/** A picture whose bytes are in the file under their SM3 digest. */
export interface PictureFacts {
  readonly digest: string
  readonly mime: 'image/jpeg' | 'image/png'
  readonly widthPx: number
  readonly heightPx: number
  readonly bytes: number
}

/** A photo for one question; its time is that of its record. */
export interface PhotoBody extends PictureFacts {
  readonly kind: 'photo'
  readonly item: ItemId
  readonly part: string
  readonly remark: string
  /** Description of the place, and its position in the grid plane; null: not stated. */
  readonly where: string
  readonly at: PointMm | null
}

/** Content of the installed antenna profile when the name plate was read. */
export interface LibraryWord {
  /** `vendor/model`. */
  readonly profile: string
  readonly revision: number
  /** Type approvals in the profile with their hardware; empty: it states none. */
  readonly approvals: readonly {
    readonly approvalNo: string
    readonly hardwareVersions: readonly string[]
  }[]
}

/** The antenna's name plate as read by a person; null: not on the plate. */
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

/** Scale of a drawing, verified by a second distance, and the position of the grid on it. */
export interface ScaleBody {
  readonly kind: 'scale'
  /** Digest of the drawing. */
  readonly digest: string
  readonly known: MeasuredLine
  readonly check: MeasuredLine
  readonly placed: PlacedPx | null
}

/** Marks a file repaired from a damaged one; lists the records that were lost, by their number there. */
export interface RepairedBody {
  readonly kind: 'repaired'
  readonly fromSurveyId: string
  readonly lost: readonly number[]
  /** Records copied although they break the chain: kept and withdrawn. */
  readonly suspect: readonly number[]
  /** SM3 of pictures whose bytes are gone. */
  readonly picturesLost: readonly string[]
}

export type LinkWay = 'ping' | 'up' | 'down'

/** One run of probes; null: lost. One-way times need a peer that returns time stamps. */
export interface LinkBody {
  readonly kind: 'link'
  readonly origin?: Origin
  readonly way: LinkWay
  /** `udp`: stamped per packet; `stamped`: through TCP, which retransmits lost packets. */
  readonly method: 'icmp' | 'tcp' | 'https' | 'stamped' | 'udp'
  readonly peer: string
  readonly interfaceName: string | null
  readonly latenciesMs: readonly (number | null)[]
  /** Largest difference of the two clocks in ms, for one-way times. */
  readonly clockErrorMs: number | null
  /** Average time between two probes, ms. */
  readonly everyMs?: number
  /** `exponential`: random gaps, so that a periodic effect of the link is neither missed nor hit each time. */
  readonly gaps?: 'even' | 'exponential'
  /** Least number of probes, fixed before the first one; of a run that ends when it is decided: the most. */
  readonly planned?: number
  /** The peer has an address of this computer. */
  readonly peerIsSelf?: true
  /** Duration of the name lookup, not part of any latency. */
  readonly lookUpMs?: number
  /** Fault of the certificate of an https host, by its TLS error name; absent: no fault. */
  readonly certificate?: string
}

export interface RateBody {
  readonly kind: 'rate'
  readonly origin?: Origin
  readonly way: 'up' | 'down'
  readonly peer: string
  readonly bytes: number
  readonly durationMs: number
  readonly peerIsSelf?: true
  readonly interfaceName?: string | null
  /** Number of parallel connections, and the name of the series of runs. */
  readonly streams?: number
  readonly series?: string
  /** Warm-up before counting, ms. */
  readonly warmMs?: number
  /** Time since the end of the previous run of the series, ms. */
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
  /** Raw answer line of the modem. */
  readonly raw: string
}

/** One comparison of a clock with its source, offset = ours - theirs. */
export interface ClockBody {
  readonly kind: 'clock'
  readonly origin?: Origin
  readonly source: 'beidou' | 'ntp'
  readonly server: string
  /** `BD`, `GB`, `GP`, `GN` ...; null for the network. */
  readonly constellation: string | null
  readonly offsetMs: number
  /** Uncertainty of the offset: of the method plus that of the reference clock. */
  readonly errorMs: number
  /** Owner of the clock; `ruler`: the reference clock of the measuring computer. Absent: the lane's computer. */
  readonly of?: 'lane' | 'camera' | 'rsu' | 'platform' | 'ruler'
  /** Device name, where there are several. */
  readonly device?: string
  /** Address that the name of the server had when it answered; absent: not recorded. */
  readonly serverAddress?: string
  /** The server has an address of this computer. */
  readonly serverIsSelf?: true
  /** Time at which its source last set this clock, from its own log. */
  readonly syncedAtMs?: InstantMs
}

/** A part of a run, by the row that it measures. */
export interface RunOf {
  readonly item: ItemId
  /** Part of the row, where several are measured separately: a stress run, one clock; absent: one part only. */
  readonly of?: string
}

/** Written before the first probe of these rows, so that a killed run is still recorded as begun. */
export interface StartedBody {
  readonly kind: 'started'
  readonly runs: readonly RunOf[]
}

/** These rows are measured again; person and time are those of the record. */
export interface RerunBody {
  readonly kind: 'rerun'
  readonly items: readonly ItemId[]
  readonly reason: string
}

export interface DeviationBody {
  readonly kind: 'deviation'
  readonly item: ItemId
  readonly text: string
  /** Only in older surveys; newer ones state the needed area when they are opened. */
  readonly area: AreaMm | null
}

/** Cover of a report: who made it and where; the last record counts. */
export interface CoverBody {
  readonly kind: 'cover'
  /** Number of the report, assigned by its maker; empty texts: not stated. */
  readonly number: string
  /** Measuring company, and the address of the site. */
  readonly company: string
  readonly address: string
  /** Representative who signs and stamps for the car park. */
  readonly representative: string
  /** The company's mark; its bytes are in the file. */
  readonly logo: PictureFacts | null
}

/** A row of table D.1 that has not passed. */
export interface UnpassedRow {
  readonly item: ItemId
  readonly verdict: 'fail' | 'incomplete' | 'marginal'
}

/** A signature despite rows that have not passed: which rows, the reason, and who is responsible. */
export interface SignedDespite {
  readonly rows: readonly UnpassedRow[]
  readonly reason: string
  readonly who: string
}

/** A person signs all records up to this one; later ones are not signed. */
export interface SignatureBody {
  readonly kind: 'signature'
  readonly role: keyof typeof signerWords
  readonly name: string
  /** Pen path in a box of 600 x 200 (`M10,20L30,40`); null: the name was typed. */
  readonly path: string | null
  /** Absent: every row had passed, or an older record. */
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

/** Car parks to draw from, fixed before the value of the public source is known (sampling.ts). */
export interface LotPoolBody extends LotPool {
  readonly kind: 'lotPool'
}

/** Value of the public source, entered once it is known. */
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

/** `marginal`: all was measured, but neither a pass nor a fail is shown with the required certainty. */
export type Verdict = keyof typeof verdictWords

export interface Finding {
  readonly verdict: Verdict
  /** The judged figure; null when the row has no figure. */
  readonly value: number | null
  readonly unit: string | null
  /** Number of readings used. */
  readonly readings: number
  readonly words: BilingualText
  /** What to do next; null: nothing, the row has passed or does not apply. */
  readonly next: NextStep | null
}
