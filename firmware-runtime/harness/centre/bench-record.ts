// What the generator of `centre bench` notes of each answer, and the figures of the measured time. Times are µs of one clock.
import type { GeneratorFigures } from '../../../centre/bench/figures.ts'
import { present } from '#base/pure/values/must.ts'

/** Answers of a lot within the measured time; its rate is counted from one answer to another. */
interface LotRecord {
  answers: number
  /** Before the measured time: the last; null: none yet. */
  fromUs: number | null
  lastUs: number
  rows: number
  taken: number
}

interface Answered {
  readonly lot: number
  readonly atUs: number
  readonly rows: number
  readonly ms: number
  /** 0: none came. */
  readonly status: number
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

export class BenchRecord {
  private readonly lots: readonly LotRecord[]
  private readonly answerMs: number[] = []
  private readonly refused: Record<string, number> = {}
  private beganUs: number | null = null
  private endedUs: number | null = null
  /** Longest time between two answers of a lot that is no standstill. */
  private readonly turnUs: number

  constructor(lots: number, turnMs: number) {
    this.turnUs = turnMs * 1_000
    this.lots = Array.from({ length: lots }, () => ({
      answers: 0,
      fromUs: null,
      lastUs: 0,
      rows: 0,
      taken: 0,
    }))
  }

  /** Answers that the lot with the fewest has. */
  get fewest(): number {
    return Math.min(...this.lots.map(({ answers }) => answers))
  }

  begin(atUs: number): void {
    this.beganUs = atUs
  }

  end(atUs: number): void {
    this.endedUs = atUs
  }

  answered({ lot, atUs, rows, ms, status }: Answered): void {
    const one = present(this.lots[lot], 'a lot of the run')
    if (status !== 200) {
      this.refused[status] = (this.refused[status] ?? 0) + 1
      return
    }
    one.answers++
    one.taken += rows
    if (this.beganUs === null) one.fromUs = atUs
    else if (this.endedUs === null) {
      // Its first answer: it is measured from there.
      if (one.fromUs === null) one.fromUs = atUs
      else {
        one.rows += rows
        one.lastUs = atUs
      }
      this.answerMs.push(ms)
    }
  }

  private rateOf({ fromUs, lastUs, rows }: LotRecord, endedUs: number): number {
    if (fromUs === null || rows === 0) return 0
    const untilUs = endedUs - lastUs > this.turnUs ? endedUs : lastUs
    return (rows * 1_000_000) / (untilUs - fromUs)
  }

  figures(processorMs: number): GeneratorFigures {
    const beganUs = present(this.beganUs, 'it has begun')
    const endedUs = present(this.endedUs, 'it has ended')
    const sorted = this.answerMs.toSorted((a, b) => a - b)
    const sum = (of: (lot: LotRecord) => number): number =>
      this.lots.reduce((total, lot) => total + of(lot), 0)
    return {
      reached: sum((lot) => this.rateOf(lot, endedUs)),
      rows: sum(({ rows }) => rows),
      requests: sorted.length,
      p50Ms: share(sorted, 0.5),
      p95Ms: share(sorted, 0.95),
      p99Ms: share(sorted, 0.99),
      refused: this.refused,
      seconds: (endedUs - beganUs) / 1_000_000,
      processorMs,
      taken: sum(({ taken }) => taken),
    }
  }
}
