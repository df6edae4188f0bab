// What the platform keeps for one channel apart from the others (9.3.1): what an admin sets holds for all channels, or for one
// alone, which then has its own. Nothing that one channel does changes what another is answered.
import type { InstantMs } from '../../core/values/instant.ts'

export const keyOf = (appId: string, no: string): string => `${appId}/${no}`

/** In the place of a channel number: all of them. */
export const everybody = ''

/** Of one channel; absent: of all of them, and in rows of before. */
export interface OfApp {
  readonly appId?: string
}

/** The channel's own value, else the one of all. */
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

/** As one channel gets it; how many changes there were is its version (P18). */
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

/** A channel's own list begins as that of all; what changes for all changes in each. */
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

/** What cards hold: set for all or for one channel, and what each channel took of what was set for all. */
export interface Accounts {
  readonly set: Map<string, number>
  readonly moved: Map<string, number>
}

export const emptyAccounts = (): Accounts => ({ set: new Map(), moved: new Map() })

/** Undefined: no account, so no limit. */
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

/** Null takes it away. Set for all, each channel starts from it again. */
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
