// What a lane and a barrier driver say to each other, whatever the wiring.
// The driver keeps the eight safety rules of lane-devices.md 2.4 and closes by itself; a lane only adds passes.

import type { ContactSeen } from '../lot/sensor.ts'

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
  /** Of a reused lane: the trigger at its inner end, where cars begin that leave (7.1.3). */
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
        /** An open that nobody pressed, on a barrier that a person has to let work first. */
        | 'disarmed'
    }
  | { readonly type: 'closeBlocked'; readonly why: string }
  /** The board took a pulse, or refused it; says nothing of the boom. */
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
  /** A person's test: up without a pass, and nothing brings the boom down by itself afterwards. */
  | { readonly do: 'lift' }
  | { readonly do: 'stop' }
  | { readonly do: 'holdOpen'; readonly authority: string }
  | { readonly do: 'releaseHold'; readonly authority: string }
  /** Its configuration changed: nothing moves by itself until `arm`, and `arm` moves nothing. */
  | { readonly do: 'disarm' }
  | { readonly do: 'arm' }
  /** A loop or radar that is not on the barrier's own inputs was read, or is not known any more. */
  | { readonly do: 'sensor'; readonly seen: ContactSeen }
