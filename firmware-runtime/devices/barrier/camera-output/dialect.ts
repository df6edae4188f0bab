// What a make of camera says about its gate: requests for opening, closing, inputs, and what answers mean.
// Only this differs between makes; the rules of the barrier and the ways of HTTP are shared.
import type { DownText } from '../../../core/values/notes.ts'
import type { CameraDownReason } from '../../camera/camera-driver.ts'
import type { DeviceRequest } from '../../http/session.ts'

export type GateAction = 'open' | 'close'

/** Why the gate must not be used; `againMs` null: as soon as the way is free again. */
interface GateHold {
  readonly reason: CameraDownReason
  readonly note: DownText
  readonly againMs: number | null
}

interface InputRequest {
  readonly request: DeviceRequest
  /** Inputs that its answer tells, by the camera's own numbers. */
  readonly numbers: readonly number[]
}

export interface GateDialect {
  /** Who may open: asked before the gate is used, and again now and then. */
  check(): DeviceRequest
  judgeCheck(status: number, text: string): GateHold | null
  drive(action: GateAction): DeviceRequest
  /** Null: the camera took the command, which is not to say that anything moved. */
  refusal(status: number, text: string): string | null
  inputs(numbers: readonly number[]): readonly InputRequest[]
  /** Levels in the order of `numbers`; null when the answer does not tell them. */
  levels(numbers: readonly number[], status: number, text: string): readonly boolean[] | null
}

/** What the folder of a make says of the gate on its camera; gate-makes.ts, written from the folders, is the table. */
export interface GateMake {
  /** Scheme of its links. */
  readonly name: string
  /** Protocol of its profiles. */
  readonly profile: string
  /** `channel`: of the gate at the camera, from 1. */
  gate(channel: number): GateDialect
  /** The body of a command, and what is read of an answer: for the examples of profiles. */
  command(action: GateAction): string
  answer(of: 'status' | 'input', text: string): Readonly<Record<string, unknown>>
}

export const defineGateMake = (make: GateMake): GateMake => make
