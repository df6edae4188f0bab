// Commands and events between a lane and a barrier driver, independent of the wiring.
// The driver enforces the eight safety rules of lane-devices.md 2.4 and closes automatically; a lane only adds passes.

import type { ContactSeen } from '#base/pure/lot/sensor.ts'

export type BarrierPosition =
  | 'unknown'
  | 'closed'
  | 'opening'
  | 'open'
  | 'closing'
  | 'stopped'
  | 'heldOpen'
  | 'fault'

export type LoopState = 'on' | 'off' | 'unknown'
export type LoopName = 'arrive' | 'under'

/** Driver to lane. */
export type BarrierEvent =
  | { readonly type: 'barrierUp' }
  | { readonly type: 'barrierDown'; readonly reason: string }
  /** From inputs only, never from a timer. */
  | { readonly type: 'position'; readonly position: BarrierPosition }
  | { readonly type: 'loop'; readonly loop: LoopName; readonly state: LoopState }
  /** Reused lane: the trigger at its inner end, where leaving cars start (7.1.3). */
  | { readonly type: 'innerLoop'; readonly state: LoopState }
  /** The car of this pass left the safety loop: its credit is used. */
  | { readonly type: 'passed'; readonly passId: string }
  | {
      readonly type: 'barrierFault'
      readonly fault:
        | 'openTimeout'
        | 'closeTimeout'
        | 'limitBoth'
        | 'openedAlone'
        | 'loopStuck'
        /** After a lost link a due close is not given: the boom may stand up over an empty lane. */
        | 'notLowered'
        /** The relay board has no pulse of its own, or not on this channel. */
        | 'pulseRefused'
        /** An automatic open on a barrier that a person must arm first. */
        | 'disarmed'
    }
  | { readonly type: 'closeBlocked'; readonly why: string }
  /** The relay board accepted or refused a pulse; this proves nothing about the boom. */
  | {
      readonly type: 'commandAnswered'
      readonly command: 'open' | 'close' | 'stop'
      readonly ok: boolean
    }

/** Lane to driver. Open is idempotent per passId; each new passId adds one pass credit. */
export type BarrierCommand =
  /** `byHand`: a person stands there and pressed it. */
  | { readonly do: 'open'; readonly passId: string; readonly byHand?: true }
  | { readonly do: 'close' }
  /** A person's test: raises the boom without a pass; it is not lowered automatically afterwards. */
  | { readonly do: 'lift' }
  | { readonly do: 'stop' }
  | { readonly do: 'holdOpen'; readonly authority: string }
  | { readonly do: 'releaseHold'; readonly authority: string }
  /** The configuration changed: no automatic movement until `arm`; `arm` itself moves nothing. */
  | { readonly do: 'disarm' }
  | { readonly do: 'arm' }
  /** State of a loop or radar that is not wired to the barrier's own inputs; may be unknown. */
  | { readonly do: 'sensor'; readonly seen: ContactSeen }
