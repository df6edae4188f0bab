// State of the driver of a gate on a camera, beside the barrier's state, and the draft of one step. The barrier's own
// state and rules are those of the relay board.
import type { DownText } from '#base/pure/words/notes.ts'
import type { BarrierCommand, BarrierEvent } from '../../lane/barrier.ts'
import type { TimerEffect, TimerEvent } from '#base/pure/values/step.ts'
import type { CameraDownReason } from '../../camera/camera-driver.ts'
import type { HttpEffect, HttpEvent, HttpSession } from '../../http/session.ts'
import type { DeviceRequest } from '../../http/session.ts'
import type { TextFlight } from '../../http/text-answer.ts'
import type { BarrierDriver } from '../modbus-relay/driver.ts'
import type { BarrierState } from '../modbus-relay/state.ts'
import type { GateDialect } from './dialect.ts'
import type { Draft } from '../../driver.ts'

/** One HTTP exchange of a job. */
export type GateStep =
  | { readonly what: 'check'; readonly request: DeviceRequest }
  | { readonly what: 'drive'; readonly request: DeviceRequest }
  | {
      readonly what: 'inputs'
      readonly request: DeviceRequest
      readonly numbers: readonly number[]
    }

/** A request of the barrier driver as HTTP exchanges; reply null: no answer is expected. */
export interface GateJob {
  readonly reply: {
    readonly transactionId: number
    readonly unitId: number
    readonly pdu: Uint8Array
  } | null
  readonly steps: readonly GateStep[]
  readonly levels: ReadonlyMap<number, boolean>
}

export interface Flight extends TextFlight {
  /** It is the second try, because the connection broke during the first. */
  readonly again: boolean
}

export interface GateState {
  readonly barrier: BarrierState
  readonly session: HttpSession
  /** `refused`: the account is not accepted; nothing is sent until its secret changes. */
  readonly phase: 'off' | 'asking' | 'up' | 'waiting' | 'refused'
  readonly job: GateJob | null
  readonly flight: Flight | null
  readonly recheckAtMs: number
  /** Failed attempts in a row to reach the camera. */
  readonly tries: number
}

export type GateNews =
  | { readonly type: 'gateUp' }
  | { readonly type: 'gateDown'; readonly reason: CameraDownReason; readonly note: DownText }

export type GateEvent = { readonly atMs: number } & (
  | HttpEvent
  | TimerEvent
  | { readonly type: 'start' }
  | { readonly type: 'credentialsChanged' }
  | { readonly type: 'command'; readonly command: BarrierCommand }
)

export type GateEffect =
  | HttpEffect
  | TimerEffect
  | { readonly do: 'emit'; readonly event: BarrierEvent | GateNews }

export interface GateParts {
  readonly barrier: BarrierDriver
  readonly dialect: GateDialect
  /** Inputs by the camera's own numbers. */
  readonly inputs: readonly number[]
  readonly answerTimeoutMs: number
}

export interface GateDraft extends Draft<GateState, GateEffect> {
  readonly parts: GateParts
  readonly nowMs: number
}
