// What the driver of a gate on a camera remembers beside the barrier, and the draft of one step.
// The barrier's own state is the relay board's: the same rules, another way to the boom.
import type { DownText } from '../../../core/values/notes.ts'
import type { BarrierCommand, BarrierEvent } from '../../../core/lane/barrier.ts'
import type { TimerEffect, TimerEvent } from '../../../core/values/step.ts'
import type { CameraDownReason } from '../../camera/camera-driver.ts'
import type { HttpEffect, HttpEvent, HttpSession } from '../../http/session.ts'
import type { DeviceRequest } from '../../http/session.ts'
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

/** What the barrier's driver asked for, as exchanges; null: nobody waits for bytes. */
export interface GateJob {
  readonly reply: {
    readonly transactionId: number
    readonly unitId: number
    readonly pdu: Uint8Array
  } | null
  readonly steps: readonly GateStep[]
  readonly levels: ReadonlyMap<number, boolean>
}

export interface Flight {
  readonly id: string
  readonly status: number
  readonly text: string
  /** It was asked a second time, because the connection broke under the first. */
  readonly again: boolean
}

export interface GateState {
  readonly barrier: BarrierState
  readonly session: HttpSession
  /** `refused`: the account is not accepted; nothing is sent until the secret is another. */
  readonly phase: 'off' | 'asking' | 'up' | 'waiting' | 'refused'
  readonly job: GateJob | null
  readonly flight: Flight | null
  readonly recheckAtMs: number
  /** Tries in a row that did not reach the camera. */
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
  /** Inputs by the camera's numbers. */
  readonly inputs: readonly number[]
  readonly answerTimeoutMs: number
}

export interface GateDraft extends Draft<GateState, GateEffect> {
  readonly parts: GateParts
  readonly nowMs: number
}
