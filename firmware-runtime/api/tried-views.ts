// What a test of one device of a lot in the making shows: what was done, what came of it, each with its time.
// Its end names what was seen; what nothing can tell is "not known", never a success.

import { channelNames } from '../core/values/destination-members.ts'

export const triedDevices = [
  'barrier',
  'display',
  'camera',
  'printer',
  'scanner',
  'gateway',
  ...channelNames,
  'reservation',
] as const
export type TriedDevice = (typeof triedDevices)[number]

export type TriedStepName =
  /** The device answers on its link, or the listener is open for it. */
  | 'reached'
  | 'listening'
  | 'commanded'
  | 'answered'
  | 'position'
  | 'blocked'
  | 'fault'
  | 'shown'
  | 'read'
  | 'down'
  | 'printed'
  | 'scanned'
  | 'gateway'
  /** What a platform of records or of reservations answered. */
  | 'asked'
  /** Something came that was no picture of this camera. */
  | 'refused'

export interface TriedStep {
  readonly what: TriedStepName
  /** A position, the words on a display, a plate, or why. */
  readonly note: string
  /** Since the button was pressed. */
  readonly atMs: number
}

export type TriedEnd =
  /** Told by the position input of the barrier. */
  | 'open'
  | 'closed'
  | 'alreadyOpen'
  | 'alreadyClosed'
  /** The board took it; no input tells where the boom is. */
  | 'notKnown'
  /** The board took it, and the boom did not get there. */
  | 'notSeen'
  | 'refused'
  | 'blocked'
  | 'fault'
  /** What the board acknowledged. */
  | 'shown'
  | 'notShown'
  /** A reading with its picture, or without one. */
  | 'picture'
  | 'plateOnly'
  /** The printer says so, or says why not. */
  | 'printed'
  | 'notPrinted'
  /** A code was read whole, or not. */
  | 'scanned'
  | 'notScanned'
  /** A signed answer of this merchant, or one that is not believed. */
  | 'gateway'
  | 'notGateway'
  /** A signed answer of a platform that takes channel and certificate, or one that is not believed. */
  | 'believed'
  | 'notBelieved'
  | 'silent'
  | 'stopped'

export interface TriedView {
  readonly laneId: string
  readonly device: TriedDevice
  readonly what: 'open' | 'close' | 'look'
  readonly link: string
  /** Null while it runs. */
  readonly end: TriedEnd | null
  /** When it began. */
  readonly atIso: string
  readonly leftMs: number
  readonly steps: readonly TriedStep[]
  /** Of the camera. */
  readonly picture: string | null
}
