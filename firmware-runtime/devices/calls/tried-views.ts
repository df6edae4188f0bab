// The test of one device of a lot during set-up: its steps and results, each with its time. Its end names what was
// observed; what cannot be observed is "not known", never a success.

import { triedKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { channelNames } from '#base/pure/lot/destination-members.ts'

export const triedDevices = [
  ...triedKinds,
  'printer',
  'scanner',
  'gateway',
  ...channelNames,
  'reservation',
] as const
export type TriedDevice = (typeof triedDevices)[number]

export type TriedStepName =
  /** The device answers on its link, or the listener for it is open. */
  | 'reached'
  | 'listening'
  | 'commanded'
  | 'answered'
  | 'position'
  | 'blocked'
  | 'fault'
  | 'shown'
  | 'read'
  /** The time of a reading: as stated, or why it is not usable. */
  | 'undated'
  | 'down'
  | 'printed'
  | 'scanned'
  | 'gateway'
  /** The answer of a platform for records or reservations. */
  | 'asked'
  /** Something arrived that was not a picture of this camera. */
  | 'refused'

export interface TriedStep {
  readonly what: TriedStepName
  /** A position, the words on a display, a plate, or a reason. */
  readonly note: string
  /** Time since the test began, ms. */
  readonly atMs: number
}

export type TriedEnd =
  /** By the position input of the barrier. */
  | 'open'
  | 'closed'
  | 'alreadyOpen'
  | 'alreadyClosed'
  /** The board accepted the command; no input reports the position of the boom. */
  | 'notKnown'
  /** The board accepted the command, and the boom did not reach the position. */
  | 'notSeen'
  | 'refused'
  | 'blocked'
  | 'fault'
  /** By the acknowledgement of the display board. */
  | 'shown'
  | 'notShown'
  /** A reading with its picture, or without one. */
  | 'picture'
  | 'plateOnly'
  /** A reading without a time that a lane can use. */
  | 'undated'
  /** By the status of the printer. */
  | 'printed'
  | 'notPrinted'
  /** A whole code was read, or none. */
  | 'scanned'
  | 'notScanned'
  /** A signed answer for this merchant, or one that is not proven. */
  | 'gateway'
  | 'notGateway'
  /** A signed answer of a platform that accepts channel and certificate, or one that is not proven. */
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
  /** Picture of a camera. */
  readonly picture: string | null
}
