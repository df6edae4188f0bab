// Before and after, judged: better, worse, the same, or too few samples to tell. Never a guess.
// One row a quantity, and one word for the aim; a step that harms another quantity is not kept.
import { median, type Measurement } from './measure.ts'
import { countFellP, samplesRoseP, shareRoseP } from './statistics.ts'

export const tuneAims = ['moreReads', 'fewerRetries', 'fewerNeighbours', 'longerVisible'] as const
export type TuneAim = (typeof tuneAims)[number]

type TuneMetric = 'rate' | 'retries' | 'neighbours' | 'visible'
type TuneWord = 'better' | 'worse' | 'same' | 'tooFew'

const aimMetric: Readonly<Record<TuneAim, TuneMetric>> = {
  moreReads: 'rate',
  fewerRetries: 'retries',
  fewerNeighbours: 'neighbours',
  longerVisible: 'visible',
}

export interface TuneFinding {
  readonly metric: TuneMetric
  readonly before: number | null
  readonly after: number | null
  /** Samples of both sides. */
  readonly n: readonly [number, number]
  readonly word: TuneWord
  /** Chance of a difference this big when nothing changed; null where nothing can be compared. */
  readonly p: number | null
  /** Passages (or seconds) a side at which this difference would be more than chance; null: unknown. */
  readonly needs: number | null
}

export const tuneWhys = [
  'aimBetter',
  'aimNotBetter',
  'harms',
  'tooFew',
  'nothingRead',
  'readBeside',
] as const
type TuneWhy = (typeof tuneWhys)[number]

export interface TuneVerdict {
  readonly aim: TuneAim
  readonly findings: readonly TuneFinding[]
  /** Recommendation by the numbers; a person may decide otherwise. */
  readonly keep: boolean
  readonly why: TuneWhy
  /** The quantity that is harmed, for `harms`. */
  readonly harmed: TuneMetric | null
}

/** One side in twenty by chance: usual, and stated on the page. */
export const chanceMax = 0.05
/** Fewer passages a side are never judged. */
const passesMin = 5
/** A neighbour is a matter of time: listened at least this long a side. */
const listenMsMin = 2_000
const scaleMax = 20

interface Sides {
  readonly better: (scale: number) => number
  readonly worse: (scale: number) => number
}

/** The word for a quantity, and how many samples would settle it if they go on like this. */
function wordOf(sides: Sides, enough: boolean, n: number) {
  const better = sides.better(1)
  const worse = sides.worse(1)
  const p = Math.min(better, worse)
  if (enough && p <= chanceMax)
    return { word: better < worse ? 'better' : 'worse', p, needs: null } as const
  for (let scale = 1; scale <= scaleMax; scale++)
    if (Math.min(sides.better(scale), sides.worse(scale)) <= chanceMax)
      return { word: 'tooFew', p, needs: Math.max(passesMin, n * scale) } as const
  return { word: enough ? 'same' : 'tooFew', p, needs: enough ? null : passesMin } as const
}

const unknown = (
  metric: TuneMetric,
  before: number | null,
  after: number | null,
  n: readonly [number, number],
): TuneFinding => ({ metric, before, after, n, word: 'tooFew', p: null, needs: null })

function rateOf(before: Measurement, after: Measurement): TuneFinding {
  const [a, b] = [before.passes, after.passes]
  const share = ({ read, total }: Measurement['passes']): number | null =>
    total === null || total === 0 ? null : read / total
  const n = [a.total ?? 0, b.total ?? 0] as const
  if (a.total === null || b.total === null) return unknown('rate', share(a), share(b), n)
  const one = (scale: number) => ({ hits: a.read * scale, of: n[0] * scale })
  const two = (scale: number) => ({ hits: b.read * scale, of: n[1] * scale })
  const sides: Sides = {
    better: (scale) => shareRoseP(one(scale), two(scale)),
    worse: (scale) => shareRoseP(two(scale), one(scale)),
  }
  const least = Math.min(...n)
  const found = wordOf(sides, least >= passesMin, least)
  return { metric: 'rate', before: share(a), after: share(b), n, ...found }
}

function retriesOf(before: Measurement, after: Measurement): TuneFinding {
  const n = [before.passes.seen, after.passes.seen] as const
  const per = ({ tries, passes }: Measurement): number | null =>
    passes.seen === 0 ? null : tries.retries / passes.seen
  const least = Math.min(...n)
  if (least === 0) return unknown('retries', per(before), per(after), n)
  const one = (scale: number) => ({ events: before.tries.retries * scale, over: n[0] * scale })
  const two = (scale: number) => ({ events: after.tries.retries * scale, over: n[1] * scale })
  const sides: Sides = {
    better: (scale) => countFellP(one(scale), two(scale)),
    worse: (scale) => countFellP(two(scale), one(scale)),
  }
  const found = wordOf(sides, least >= passesMin, least)
  return { metric: 'retries', before: per(before), after: per(after), n, ...found }
}

function neighboursOf(before: Measurement, after: Measurement): TuneFinding {
  const [a, b] = [before.neighbourReads, after.neighbourReads]
  const seconds = ({ listenedMs }: Measurement): number => Math.round(listenedMs / 1000)
  const n = [seconds(before), seconds(after)] as const
  if (a === null || b === null) return unknown('neighbours', a, b, n)
  const one = (scale: number) => ({ events: a * scale, over: before.listenedMs * scale })
  const two = (scale: number) => ({ events: b * scale, over: after.listenedMs * scale })
  const sides: Sides = {
    better: (scale) => countFellP(one(scale), two(scale)),
    worse: (scale) => countFellP(two(scale), one(scale)),
  }
  const least = Math.min(before.listenedMs, after.listenedMs)
  const found = wordOf(sides, least >= listenMsMin, Math.min(...n))
  return { metric: 'neighbours', before: a, after: b, n, ...found }
}

function visibleOf(before: Measurement, after: Measurement): TuneFinding {
  const [a, b] = [before.visibleMs, after.visibleMs]
  const n = [a.length, b.length] as const
  const of = (samples: readonly number[]): number | null =>
    samples.length === 0 ? null : median(samples)
  const many = (samples: readonly number[], scale: number): number[] =>
    Array.from({ length: scale }, () => samples).flat()
  const sides: Sides = {
    better: (scale) => samplesRoseP(many(a, scale), many(b, scale)),
    worse: (scale) => samplesRoseP(many(b, scale), many(a, scale)),
  }
  const least = Math.min(...n)
  if (least === 0) return unknown('visible', of(a), of(b), n)
  return {
    metric: 'visible',
    before: of(a),
    after: of(b),
    n,
    ...wordOf(sides, least >= passesMin, least),
  }
}

/** The antenna of another lane read an OBU that this one read: whose car it was is not known. */
export const isReadBeside = ({ besideReads = null }: Measurement): boolean =>
  besideReads !== null && besideReads > 0

export function judgeStep(aim: TuneAim, before: Measurement, after: Measurement): TuneVerdict {
  const findings = [
    rateOf(before, after),
    retriesOf(before, after),
    neighboursOf(before, after),
    visibleOf(before, after),
  ]
  const wanted = aimMetric[aim]
  const own = findings.find(({ metric }) => metric === wanted)?.word ?? 'tooFew'
  // A shorter sight is the point of fewer neighbours: there it is no harm while cars are read.
  const counts = (metric: TuneMetric): boolean =>
    metric !== wanted && !(aim === 'fewerNeighbours' && metric === 'visible')
  const harmed = findings.find(({ metric, word }) => counts(metric) && word === 'worse') ?? null
  const why: TuneWhy =
    after.passes.read === 0
      ? 'nothingRead'
      : isReadBeside(after)
        ? 'readBeside'
        : own === 'tooFew'
          ? 'tooFew'
          : own !== 'better'
            ? 'aimNotBetter'
            : harmed !== null
              ? 'harms'
              : 'aimBetter'
  return { aim, findings, keep: why === 'aimBetter', why, harmed: harmed?.metric ?? null }
}
