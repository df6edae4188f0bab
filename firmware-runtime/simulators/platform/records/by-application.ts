// State of the platform by channel (9.3.1): values set by the administration hold for all channels, or for one channel
// that then has its own. One channel's calls do not change another's answers.
import type { InstantMs } from '#base/pure/values/instant.ts'

export const keyOf = (appId: string, no: string): string => `${appId}/${no}`

/** Key in place of a channel number: all channels. */
export const everybody = ''

/** The channel; absent for all channels, and in older rows. */
export interface OfApp {
  readonly appId?: string
}

/** The channel's own value, else the common one. */
export const ofApp = <V>(
  values: ReadonlyMap<string, V>,
  appId: string,
  key: string,
): V | undefined => values.get(keyOf(appId, key)) ?? values.get(keyOf(everybody, key))

/** A card, or an OBU by its hex number, put on the list or taken off. */
export interface ListChange {
  readonly cardNo: string
  readonly listed: boolean
  readonly fromMs: InstantMs
}

/** The list of one channel; its version is the number of changes (P18). */
interface StatusList {
  readonly listed: Map<string, InstantMs>
  readonly changes: ListChange[]
}

export type StatusLists = Map<string, StatusList>

export const emptyLists = (): StatusLists =>
  new Map([[everybody, { listed: new Map(), changes: [] }]])

export const listOf = (lists: StatusLists, appId: string): StatusList =>
  lists.get(appId) ?? lists.get(everybody) ?? { listed: new Map(), changes: [] }

function change({ listed, changes }: StatusList, one: ListChange): void {
  if (one.listed) listed.set(one.cardNo, one.fromMs)
  else listed.delete(one.cardNo)
  changes.push(one)
}

/** A channel's own list starts as a copy of the common one; a common change is made in all lists. */
export function changeList(lists: StatusLists, appId: string, one: ListChange): void {
  if (appId === everybody) {
    for (const list of lists.values()) change(list, one)
    return
  }
  const { listed, changes } = listOf(lists, appId)
  const own = lists.get(appId) ?? { listed: new Map(listed), changes: [...changes] }
  lists.set(appId, own)
  change(own, one)
}

/** Card balances in fen: set for all channels or one, and each channel's movements on the common ones. */
export interface Accounts {
  readonly set: Map<string, number>
  readonly moved: Map<string, number>
}

export const emptyAccounts = (): Accounts => ({ set: new Map(), moved: new Map() })

/** Undefined without an account: no limit. */
export function balanceOf({ set, moved }: Accounts, appId: string, cardNo: string) {
  const own = set.get(keyOf(appId, cardNo))
  if (own !== undefined) return own
  const shared = set.get(keyOf(everybody, cardNo))
  return shared === undefined ? undefined : shared + (moved.get(keyOf(appId, cardNo)) ?? 0)
}

export function moveBalance(accounts: Accounts, appId: string, cardNo: string, byFen: number) {
  if (balanceOf(accounts, appId, cardNo) === undefined) return
  const key = keyOf(appId, cardNo)
  const { set, moved } = accounts
  const to = set.has(key) ? set : moved
  to.set(key, (to.get(key) ?? 0) + byFen)
}

/** Null removes the account. Setting the common balance resets each channel to it. */
export function setBalance(
  { set, moved }: Accounts,
  appId: string,
  cardNo: string,
  balanceFen: number | null,
): void {
  const key = keyOf(appId, cardNo)
  if (balanceFen === null) set.delete(key)
  else set.set(key, balanceFen)
  if (appId !== everybody) return
  for (const one of moved.keys()) if (one.slice(one.indexOf('/') + 1) === cardNo) moved.delete(one)
}
