// Limits of the barrier driver for a gate on a camera, and the wiring of the camera's inputs. Inputs keep the camera's
// own numbers, from 1, so that link, profile and camera use the same ones.
import type { GateTarget } from './gate-link.ts'
import {
  instantBarrier,
  standardBarrier,
  type BarrierConfig,
  type BarrierWiring,
  type InputWiring,
} from '../modbus-relay/config.ts'

/**
 * A camera is queried over HTTP, mostly one input at a time, which is slower than a board. Its inputs are stale after
 * two polls (rule 1).
 */
export const cameraBarrier: BarrierConfig = {
  ...standardBarrier,
  pollMs: 200,
  answerTimeoutMs: 2_000,
  staleMs: 700,
}

/** For tests on a link with a simulator that answers at once. */
export const instantCameraBarrier: BarrierConfig = {
  ...instantBarrier,
  pollMs: 20,
  answerTimeoutMs: 2_000,
  staleMs: 700,
}

/** A camera has no output that stops a boom: the boom is raised instead. */
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

/** Inputs to query, each once. */
export function wiredInputs({ inputs, presence }: BarrierWiring): readonly number[] {
  const all = [...Object.values(inputs), ...presence]
  return [...new Set(all.flatMap((one) => (one ? [one.di] : [])))].sort((a, b) => a - b)
}
