// Lots and lanes that signed in (P11), by channel: only these are known to the platform.
import { keyOf } from './by-application.ts'

export interface SignedIn {
  readonly parks: Set<string>
  readonly lanes: Set<string>
}

export const emptySignedIn = (): SignedIn => ({ parks: new Set(), lanes: new Set() })

/** In place of a lot: rows of older books name the lane alone. */
export const anyLot = ''

export function signIn(
  { parks, lanes }: SignedIn,
  appId: string,
  { parkId = anyLot, laneNo = '' }: Readonly<Record<string, unknown>>,
): void {
  const lot = String(parkId)
  parks.add(keyOf(appId, lot))
  lanes.add(keyOf(appId, keyOf(lot, String(laneNo))))
}
