// Changes of acceptance facts for the table of facts: each makes one fact wrong or takes it away, and fails when there is
// no such fact.
import { expect } from 'vitest'
import type { AcceptanceFacts, AccessFact, FrameFact, PlatformWord } from '#ledger/pure/facts.ts'
import { stopRow } from '#base/pure/rows/stop-row.ts'
import type { LedgerRow, RowBodies, RowKind } from '#base/pure/rows/ledger-row.ts'

export type Change = (facts: AcceptanceFacts) => AcceptanceFacts

/** Which of the facts that fit is changed. */
export type Which = 'first' | 'last' | 'all'

function changed<T>(
  all: readonly T[],
  fits: (one: T) => boolean,
  which: Which,
  to: (one: T) => T[],
) {
  const found = all.flatMap((one, i) => (fits(one) ? [i] : []))
  expect(found.length).toBeGreaterThan(which === 'all' ? 0 : which === 'last' ? 1 : 0)
  const at = which === 'all' ? found : [which === 'first' ? found[0] : found.at(-1)]
  return all.flatMap((one, i) => (at.includes(i) ? to(one) : [one]))
}

/** A body or fields with other members; a member `undefined` is taken away. */
function over<T extends object>(value: T, members: object): T {
  const all = Object.entries({ ...value, ...members })
  return Object.fromEntries(all.filter(([, one]) => one !== undefined)) as T
}

/** A member `undefined` is taken away. */
type Members<T> = { readonly [K in keyof T]?: T[K] | undefined }

type Fits<T> = (one: T) => boolean
export type RowFits = Fits<LedgerRow>

export const kind =
  <K extends RowKind>(
    of: K,
    also: (body: RowBodies[K], row: LedgerRow) => boolean = () => true,
  ): RowFits =>
  (row) => {
    const { body: own }: { readonly body: unknown } = row
    return row.kind === of && also(own as RowBodies[K], row)
  }

/** Other members of the body. */
export const body =
  (fits: RowFits, members: object, which: Which = 'first'): Change =>
  (facts) => ({
    ...facts,
    rows: changed(facts.rows, fits, which, (row) => [
      { ...row, body: over(row.body, members) } as LedgerRow,
    ]),
  })

/** Other members of the row beside its body. */
export const rowOver =
  (fits: RowFits, members: Partial<LedgerRow>, which: Which = 'first'): Change =>
  (facts) => ({ ...facts, rows: changed(facts.rows, fits, which, (row) => [over(row, members)]) })

export const without =
  (fits: RowFits, which: Which = 'first'): Change =>
  (facts) => ({ ...facts, rows: changed(facts.rows, fits, which, () => []) })

export const later =
  (fits: RowFits, byMs: number, which: Which = 'first'): Change =>
  (facts) => ({
    ...facts,
    rows: changed(facts.rows, fits, which, (row) => [{ ...row, atMs: row.atMs + byMs }]),
  })

/** The row a second time, at the end of the ledger. */
export const again =
  (fits: RowFits, members: object = {}, which: Which = 'first'): Change =>
  (facts) => {
    const own = facts.rows.filter(fits)
    const row = which === 'first' ? own[0] : own.at(-1)
    expect(row).toBeDefined()
    const seq = Math.max(...facts.rows.map((one) => one.seq)) + 1
    const more = { ...row, seq, body: over(row?.body ?? {}, members) } as LedgerRow
    return { ...facts, rows: [...facts.rows, more] }
  }

/** The row at another place of the ledger: before its neighbour that fits. */
export const movedBefore =
  (fits: RowFits, other: (row: LedgerRow) => RowFits): Change =>
  (facts) => {
    const row = facts.rows.find(fits)
    const at = row === undefined ? undefined : facts.rows.find(other(row))
    expect(at).toBeDefined()
    const rest = facts.rows.filter((one) => one !== row)
    const rows = rest.flatMap((one) => (one === at && row !== undefined ? [row, one] : [one]))
    return { ...facts, rows: rows.map((one, i) => ({ ...one, seq: i + 1 })) }
  }

export const frame =
  (
    type: string,
    members: Readonly<Record<string, unknown>> | null,
    which: Which = 'first',
    also: Fits<FrameFact> = () => true,
  ): Change =>
  (facts) => ({
    ...facts,
    frames: changed(
      facts.frames,
      (one) => one.type === type && also(one),
      which,
      (one) => (members === null ? [] : [{ ...one, fields: over(one.fields, members) }]),
    ),
  })

/** The frame a second time, right behind it. */
export const frameAgain =
  (type: string, members: Readonly<Record<string, unknown>> = {}): Change =>
  (facts) => ({
    ...facts,
    frames: changed(
      facts.frames,
      (one) => one.type === type,
      'first',
      (one) => [one, { ...one, fields: over(one.fields, members) }],
    ),
  })

export const frameAt =
  (type: string, byMs: number): Change =>
  (facts) => ({
    ...facts,
    frames: changed(
      facts.frames,
      (one) => one.type === type,
      'first',
      (one) => [{ ...one, atIso: shifted(one.atIso, byMs) }],
    ),
  })

const shifted = (iso: string, byMs: number): string =>
  new Date(Date.parse(iso) + byMs + 8 * 3_600_000).toISOString().replace('Z', '+08:00')

export const access =
  (fits: Fits<AccessFact>, members: Members<AccessFact> | null, which: Which = 'all'): Change =>
  (facts) => ({
    ...facts,
    accesses: changed(facts.accesses, fits, which, (one) =>
      members === null ? [] : [over(one, members)],
    ),
  })

export const word =
  (
    of: PlatformWord['kind'],
    members: Partial<PlatformWord> | null,
    which: Which = 'first',
  ): Change =>
  (facts) => ({
    ...facts,
    words: changed(
      facts.words,
      (one) => one.kind === of,
      which,
      (one) => (members === null ? [] : [over(one, members)]),
    ),
  })

export const both =
  (...changes: readonly Change[]): Change =>
  (facts) =>
    changes.reduce((now, change) => change(now), facts)

/** Other facts than rows, frames, accesses and words. */
export const facts =
  (members: Partial<AcceptanceFacts>): Change =>
  (all) => ({ ...all, ...members })

/** The lanes stop so often, each time for so many seconds; `isTold`: each stop has its row. */
export const stops =
  (times: number, everyMin: number, sec: number, isTold = true): Change =>
  (all) => {
    const boot = all.rows.find((row) => row.kind === 'boot')
    expect(boot).toBeDefined()
    const rows = [...all.rows]
    for (let n = 1; n <= times; n++) {
      const atMs = (boot?.atMs ?? 0) + n * everyMin * 60_000
      const at = rows.findIndex((row) => row.atMs > atMs)
      const made = [
        ...(isTold ? [{ ...boot, ...stopRow(atMs) }] : []),
        { ...boot, atMs: atMs + sec * 1_000 },
      ]
      rows.splice(at, 0, ...(made as LedgerRow[]))
    }
    return { ...all, rows: rows.map((row, i) => ({ ...row, seq: i + 1 })) }
  }
