// What a camera make defines for its gate: requests for opening, closing and inputs, and the meaning of answers.
// Everything else, the rules of the barrier and HTTP, is shared by all makes.
import type { DownText } from '#base/pure/words/notes.ts'
import type { CameraDownReason } from '../../camera/camera-driver.ts'
import type { DeviceRequest } from '../../http/session.ts'

export type GateAction = 'open' | 'close'

/** Why the gate must not be used; `againMs` null: until the camera is reachable again. */
interface GateHold {
  readonly reason: CameraDownReason
  readonly note: DownText
  readonly againMs: number | null
}

interface InputRequest {
  readonly request: DeviceRequest
  /** Inputs contained in its answer, by the camera's own numbers. */
  readonly numbers: readonly number[]
}

export interface GateDialect {
  /** Asks who may open the gate: before the gate is used, and at intervals. */
  check(): DeviceRequest
  judgeCheck(status: number, text: string): GateHold | null
  drive(action: GateAction): DeviceRequest
  /** Why the camera refused; null: it accepted the command, which does not prove a movement. */
  refusal(status: number, text: string): string | null
  inputs(numbers: readonly number[]): readonly InputRequest[]
  /** Levels in the order of `numbers`; null: the answer does not contain them. */
  levels(numbers: readonly number[], status: number, text: string): readonly boolean[] | null
}

/**
 * What the folder of a make declares for the gate on its camera; gate-makes.ts, generated from the folders, is the
 * table.
 */
export interface GateMake {
  /** Scheme of its links. */
  readonly name: string
  /** Protocol of its profiles. */
  readonly profile: string
  /** `channel`: number of the gate at the camera, from 1. */
  gate(channel: number): GateDialect
  /** The body of a command, and the decoded answer: for the examples of profiles. */
  command(action: GateAction): string
  answer(of: 'status' | 'input', text: string): Readonly<Record<string, unknown>>
}

export const defineGateMake = (make: GateMake): GateMake => make
