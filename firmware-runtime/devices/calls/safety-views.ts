// Who has a device, and running tests of a device, in the control API.
// Times are ISO 8601 with offset, durations ms.
import type { HeldDevice, LeaseEnd, Taker } from '../pure/lease/lease.ts'
import type { TestEnd, TestKind, TestRefusal } from '../pure/lease/device-test.ts'

export type { HeldDevice, LeaseEnd, TestKind }

/** Who took a device over, and until when at the latest. */
export interface TakerView extends Taker {
  readonly holdId: string
  readonly sinceIso: string
  readonly untilIso: string
  readonly leftMs: number
}

/** Another device on the same link. */
export interface SharerView {
  readonly laneId: string
  readonly device: HeldDevice
}

/** A gate that is driven by an output of a camera. */
export interface ViaView {
  /** Host and port of the camera whose outputs and inputs are taken over with it. */
  readonly camera: string
  /** Lanes for which that camera reads plates; it continues to read. */
  readonly readsFor: readonly string[]
}

export interface LeaseHolderView {
  readonly laneId: string
  readonly device: HeldDevice
  readonly link: string
  /** `waiting`: requested, and the lane has to finish something first. */
  readonly state: 'lane' | 'waiting' | 'taken'
  readonly taker: TakerView | null
  /** What the lane has to finish; '' : nothing. */
  readonly why: string
  /** Other devices on its link, because of which it cannot be taken over. Absent: none. */
  readonly shared?: readonly SharerView[]
  /** Absent: it has a link of its own. */
  readonly via?: ViaView
  /** How the last hold since the start ended; null: no hold since then. */
  readonly last: { readonly holdId: string; readonly by: string; readonly end: LeaseEnd } | null
}

/** The answer to every keep-alive of a taker. */
export interface LeaseView {
  readonly state: 'waiting' | 'taken' | 'over'
  readonly why: string
  readonly link: string
  readonly leftMs: number
  readonly untilIso: string | null
  readonly end: LeaseEnd | null
}

export interface TestOfferView {
  readonly kind: TestKind | 'carrier'
  /** Null: it may begin. `notOnDevice`: this model has no frame for it. */
  readonly refused: TestRefusal | 'noDevice' | 'held' | 'notOnDevice' | null
}

export interface TestView {
  readonly laneId: string
  readonly running: {
    readonly testId: string
    readonly kind: TestKind
    readonly by: string
    readonly leftMs: number
  } | null
  readonly last: {
    readonly testId: string
    readonly kind: TestKind
    readonly by: string
    readonly end: TestEnd
    /** Position by the inputs; `unknown`: they do not tell. */
    readonly position: string
    readonly tookMs: number
  } | null
  readonly offers: readonly TestOfferView[]
}

export interface SafetyView {
  readonly laneId: string
  readonly barrierArmed: boolean
  readonly hasBarrier: boolean
  readonly position: string
  readonly arrive: 'on' | 'off' | 'unknown'
  readonly under: 'on' | 'off' | 'unknown'
  readonly holders: readonly LeaseHolderView[]
  readonly test: TestView
}
