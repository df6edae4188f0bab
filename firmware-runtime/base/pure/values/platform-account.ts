// Identity of the platform behind a destination, which survives a change of address or certificate. Data of one platform (a
// status list, a grant, a charge without an answer) is meaningless at another.

import type { ChannelName } from '../lot/destination-members.ts'

export interface PlatformAccount {
  /** The lot's own there. */
  readonly appId: string
  readonly url: string
  /** Fingerprints of its signing keys; empty where its envelope has no signature. */
  readonly keys: readonly string[]
}

/** Account of each joined destination. */
export type PlatformAccounts = { readonly [Id in ChannelName]?: PlatformAccount }

/** A platform that moves keeps its keys, and one that renews its keys keeps its address. */
export const isSameAccount = (a: PlatformAccount, b: PlatformAccount): boolean =>
  a.appId === b.appId && (a.url === b.url || a.keys.some((key) => b.keys.includes(key)))

/** Destinations that are another platform than before. */
export const changedAccounts = (
  before: ReadonlyMap<ChannelName, PlatformAccount>,
  now: PlatformAccounts = {},
): readonly ChannelName[] =>
  [...before].flatMap(([id, account]) => {
    const present = now[id]
    return present === undefined || isSameAccount(account, present) ? [] : [id]
  })
