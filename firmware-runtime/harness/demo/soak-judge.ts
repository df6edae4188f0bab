// Judges the figures of a soak: what a running program keeps must not grow. Garbage that waits for its collection rises
// and falls within minutes, so each figure is judged by its lowest value in a window, and a start is left out: code is
// compiled and buffers fill until they are full.
const hourMs = 3_600_000

/** The figures of one moment: megabytes, and counts of open file handles and of threads. */
export interface SoakFigures {
  readonly rssMb: number
  readonly heapMb: number
  readonly externalMb: number
  /** Null: the system does not list them. */
  readonly handles: number | null
  readonly threads: number | null
}

export interface SoakSample extends SoakFigures {
  /** Since the start of the soak. */
  readonly atMs: number
}

/** What may be gained in an hour. A leak of one object of 1 kB a car exceeds it in a lot with 3,000 cars an hour. */
export const soakBounds: Readonly<Record<keyof SoakFigures, number>> = {
  rssMb: 12,
  heapMb: 6,
  externalMb: 3,
  handles: 6,
  threads: 2,
}
export const soakFigures = Object.keys(soakBounds) as readonly (keyof SoakFigures)[]

/** Each is longer than the time between two collections, some six minutes. */
const windows = 6
/** Windows at the beginning that are not judged. */
const warmWindows = 2

interface SoakVerdict {
  readonly figure: keyof SoakFigures
  /** Highest and lowest of all samples behind the start. */
  readonly lowest: number
  readonly highest: number
  /** Lowest of each judged window. */
  readonly floors: readonly number[]
  /** Gained in an hour, by the median of all pairs of windows. */
  readonly anHour: number
  readonly isFlat: boolean
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

function judged(samples: readonly SoakSample[], figure: keyof SoakFigures): SoakVerdict | null {
  const endMs = Math.max(...samples.map(({ atMs }) => atMs)) + 1
  const floors: number[] = []
  const all: number[] = []
  for (let at = warmWindows; at < windows; at++) {
    const [fromMs, toMs] = [(endMs * at) / windows, (endMs * (at + 1)) / windows]
    const own = samples
      .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
      .map((sample) => sample[figure])
      .filter((value) => value !== null)
    if (own.length === 0) return null
    floors.push(Math.min(...own))
    all.push(...own)
  }
  const windowMs = endMs / windows
  const rates = floors.flatMap((late, at) =>
    floors.slice(0, at).map((early, from) => ((late - early) * hourMs) / ((at - from) * windowMs)),
  )
  const anHour = medianOf(rates)
  const [lowest, highest] = [Math.min(...all), Math.max(...all)]
  return { figure, lowest, highest, floors, anHour, isFlat: anHour <= soakBounds[figure] }
}

/** One verdict for each figure that the system lists; none of samples that leave a window empty. */
export const judgeSoak = (samples: readonly SoakSample[]): readonly SoakVerdict[] =>
  samples.length === 0
    ? []
    : soakFigures.map((figure) => judged(samples, figure)).filter((one) => one !== null)
