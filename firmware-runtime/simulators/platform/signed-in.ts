// Lots and lanes that signed in (P11), by channel: from the first sign-in of a channel on, the platform knows only these.
import { keyOf } from './by-application.ts'

export interface SignedIn {
  readonly channels: Set<string>
  readonly parks: Set<string>
  readonly lanes: Set<string>
}

export const emptySignedIn = (): SignedIn => ({
  channels: new Set(),
  parks: new Set(),
  lanes: new Set(),
})

/** In place of a lot: rows of older books name the lane alone. */
export const anyLot = ''

export function signIn(
  { channels, parks, lanes }: SignedIn,
  appId: string,
  { parkId = anyLot, laneNo = '' }: Readonly<Record<string, unknown>>,
): void {
  const lot = String(parkId)
  channels.add(appId)
  parks.add(keyOf(appId, lot))
  lanes.add(keyOf(appId, keyOf(lot, String(laneNo))))
}
