// How long an RSU and its OBU take (rsu-interface.md 3.4): the timing profiles of the simulator.
// Instant is for replays, standard for people and for timing tests.
import type { Timing } from '../shell/arguments.ts'

/** Usual, shortest and longest time of a step. */
interface Range {
  readonly ms: number
  readonly minMs: number
  readonly maxMs: number
}

const range = (ms: number, minMs: number, maxMs: number): Range => ({ ms, minMs, maxMs })

const standard = {
  init: range(1000, 900, 1200),
  /** Reading the PSAM. Not published. */
  psam: range(60, 30, 200),
  wakeUp: range(25, 10, 60),
  vehicle: range(55, 30, 90),
  cardReads: range(45, 25, 80),
  /** Initialise with staged write, PSAM MAC1 and the debit itself. */
  debit: range(135, 85, 240),
  /** MAC2 check, SetMMI, release. */
  release: range(25, 15, 60),
  proof: range(30, 20, 60),
} as const

export type RsuStep = keyof typeof standard

/** The PC answers within this or the RSU goes back to searching (S3: 1 s). */
export const pcWindowMs = 1000
export const retransmitMs = 120
export const retransmitMax = 3
/** The same OBU is not served again for at least this long after a dialogue. */
export const rereadMsMin = 1000

/** Delay of a step, µs. Half of all draws are below the usual value, half above. */
export function stepUs(timing: Timing, step: RsuStep, random: () => number): number {
  if (timing === 'instant') return 0
  const { ms, minMs, maxMs } = standard[step]
  const r = random()
  const drawn = r < 0.5 ? minMs + (ms - minMs) * 2 * r : ms + (maxMs - ms) * (2 * r - 1)
  return Math.round(drawn * 1000)
}
