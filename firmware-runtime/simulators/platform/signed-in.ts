// Lots and lanes that signed in (P11), by channel: from the first sign-in of a channel on, the platform knows only these.
import { keyOf } from './records/by-application.ts'

export interface SignedIn {
  readonly channels: Set<string>
  readonly parks: Set<string>
  readonly lanes: Set<string>
  /** Of the lanes: entries, exits, and both in one. */
  readonly gates: Set<string>
}

export const emptySignedIn = (): SignedIn => ({
  channels: new Set(),
  parks: new Set(),
  lanes: new Set(),
  gates: new Set(),
})

/** In place of a lot: rows of older books name the lane alone. */
export const anyLot = ''

/** `laneType` of P11: entry, exit, mixed. */
const gateTypes = ['01', '02', '03']

export function signIn(
  { channels, parks, lanes, gates }: SignedIn,
  appId: string,
  { parkId = anyLot, laneNo = '', laneType }: Readonly<Record<string, unknown>>,
): void {
  const lot = String(parkId)
  channels.add(appId)
  parks.add(keyOf(appId, lot))
  const lane = keyOf(appId, keyOf(lot, String(laneNo)))
  lanes.add(lane)
  if (gateTypes.some((one) => one === laneType)) gates.add(lane)
}
