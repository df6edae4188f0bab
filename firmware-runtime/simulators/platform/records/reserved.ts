// Sums that applications hold on accounts (P34), by channel and account: one ends with its confirmation or with its time, so
// that an account's next application reads none of its past.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { keyOf } from './by-application.ts'

interface Reserved {
  readonly no: string
  readonly fen: number
  readonly untilMs: InstantMs
}
export type ReservedSums = Map<string, readonly Reserved[]>

export const reservedOf = (sums: ReservedSums, appId: string, cardId: string | null) =>
  sums.get(keyOf(appId, cardId ?? '')) ?? []

/** Leaves those of an account that `stays` names. */
export function release(
  sums: ReservedSums,
  appId: string,
  cardId: string | null,
  stays: (one: Reserved) => boolean,
): void {
  const left = reservedOf(sums, appId, cardId).filter(stays)
  const key = keyOf(appId, cardId ?? '')
  if (left.length > 0) sums.set(key, left)
  else sums.delete(key)
}

interface Application {
  readonly cardId: string | null
  readonly holdFee: number
  readonly untilMs: InstantMs
}

export function reserve(
  sums: ReservedSums,
  { appId, no, atMs }: { readonly appId: string; readonly no: string; readonly atMs: InstantMs },
  { cardId, holdFee: fen, untilMs }: Application,
): void {
  release(sums, appId, cardId, (one) => atMs <= one.untilMs)
  sums.set(keyOf(appId, cardId ?? ''), [...reservedOf(sums, appId, cardId), { no, fen, untilMs }])
}
