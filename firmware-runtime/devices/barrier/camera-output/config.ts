// How patient the barrier's driver is with a gate on a camera, and which input of the camera is what.
// Inputs keep the camera's own numbers, from 1, so that a link, a profile and the camera say the same.
import type { GateTarget } from './gate-link.ts'
import {
  instantBarrier,
  standardBarrier,
  type BarrierConfig,
  type BarrierWiring,
  type InputWiring,
} from '../modbus-relay/config.ts'

/**
 * A camera is asked over HTTP, mostly input by input: slower than a board. Its inputs are stale after
 * two polls (rule 1).
 */
export const cameraBarrier: BarrierConfig = {
  ...standardBarrier,
  pollMs: 200,
  answerTimeoutMs: 2_000,
  staleMs: 700,
}

/** For tests on a link, where a simulator answers at once. */
export const instantCameraBarrier: BarrierConfig = {
  ...instantBarrier,
  pollMs: 20,
  answerTimeoutMs: 2_000,
  staleMs: 700,
}

/** A camera has no contact that stops a boom: it is sent up instead. */
const gateOutputs: BarrierWiring['outputs'] = { open: 0, close: 1, stop: null }

export function gateWiring(inputs: NonNullable<GateTarget['inputs']>): BarrierWiring {
  const wired = (number: number | null): InputWiring | null =>
    number === null ? null : { di: number, activeHigh: true }
  return {
    outputs: gateOutputs,
    inputs: {
      limitOpen: wired(inputs.limitOpen),
      limitClosed: wired(inputs.limitClosed),
      loopUnder: wired(inputs.loopUnder),
      loopArrive: wired(inputs.loopArrive),
    },
    presence: [],
  }
}

/** Inputs that are asked for, each once. */
export function wiredInputs({ inputs, presence }: BarrierWiring): readonly number[] {
  const all = [...Object.values(inputs), ...presence]
  return [...new Set(all.flatMap((one) => (one ? [one.di] : [])))].sort((a, b) => a - b)
}
