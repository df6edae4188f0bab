// The facts that an acceptance is judged by, read from a data folder while its lanes run: ledger rows, frames of
// passages,
// accesses to the platform, and the platform's answer for each business number. Nothing in the folder is changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import actCounts from '../../pure/act-counts.json' with { type: 'json' }
import { unrecordedOf } from '../../pure/platform-certificates.ts'
import { pastOf } from '../../pure/past.ts'
import type { AcceptanceFacts, AccessFact, FrameFact } from '#ledger/pure/facts.ts'
import { notThere } from '../../pure/judged-there.ts'
import { readAccess } from '#ledger/files/access-file.ts'
import { readTraces } from '#ledger/files/passage-file.ts'
import { rowsBefore, rowsSince } from '#ledger/sqlite/rows-since.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { provinceOf } from '#ledger/pure/platforms/dialects.ts'
import { stampsHere } from '#lane/folder/head-stamps.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { mustBeOfThisLot } from '#lane/folder/lot-kind.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { rulesHere } from '#lane/folder/rules-here.ts'
import { declaredHere } from './declared-here.ts'
import { lotRowsHere, recordedHere } from './provenance-here.ts'
import { readSession } from './sessions.ts'
import { untold } from './questions.ts'
import { issuerHere } from './simulators-here.ts'
import { queriesMax, platformWords, type SentNumber } from './platform-words.ts'

/** Upper bound of accesses read: several days of a busy lot. */
const accessesMax = 50_000

/** ISO dates touched by the rows; a row counts up to one hour past its time. */
function daysOf(rows: readonly LedgerRow[]): readonly string[] {
  const times = rows.flatMap(({ atMs }) => [atMs, atMs + dayMs / 24])
  return [...new Set(times.map((atMs) => isoOf(atMs).slice(0, 10)))].toSorted()
}

async function framesOf(dir: string, rows: readonly LedgerRow[]): Promise<readonly FrameFact[]> {
  const stays = new Set(rows.map(({ stayId }) => stayId))
  const traces = await readTraces(dir, 'frame', daysOf(rows))
  return traces
    .filter(({ stayId }) => stays.has(stayId))
    .map(({ stayId, value }) => ({ ...(value as FrameFact), stayId }))
}

/** The last charge or refund of each day, and the newest, up to `queriesMax` charges and as many refunds. */
function numbersOf(rows: readonly LedgerRow[]): readonly SentNumber[] {
  const all = rows.flatMap((row): readonly (SentNumber & { readonly day: string })[] => {
    if (row.kind !== 'outbox') return []
    const { op, businessNo } = row.body
    if (op !== 'charge' && op !== 'exitUpload' && op !== 'refund') return []
    const day = isoOf(row.atMs).slice(0, 10)
    return [{ op, businessNo, amountFen: row.amountFen ?? null, day }]
  })
  const asked = (isRefund: boolean): readonly SentNumber[] => {
    const own = all.filter(({ op }) => (op === 'refund') === isRefund)
    const lastOfDay = [...new Map(own.map((one) => [one.day, one])).values()]
    const inTurn = new Set([...lastOfDay.toReversed(), ...own.toReversed()])
    const picked = [...inTurn].slice(0, queriesMax)
    return own.filter((one) => picked.includes(one))
  }
  return [...asked(false), ...asked(true)]
}

/**
 * `nowMs`: time by the clock of the lot. `untilMs`: leaves out facts after this time, except that the platform's
 * answers for those numbers are its current ones. Without `untilMs` everything is included, also rows with a time ahead
 * of this machine's clock.
 */
export async function factsHere(
  dir: string,
  fromMs: InstantMs,
  nowMs: InstantMs,
  untilMs?: InstantMs,
  asks = untold,
): Promise<AcceptanceFacts> {
  const { config } = loadLot(dir)
  mustBeOfThisLot(dir, config)
  const own = lotRowsHere(dir, config)
  const isOwn = ({ seq }: LedgerRow): boolean => own.fromSeq !== null && seq >= own.fromSeq
  const isKnown = (atMs: InstantMs): boolean => untilMs === undefined || atMs <= untilMs
  const kept = existsSync(join(dir, 'ledger.db')) ? rowsSince(dir, fromMs) : []
  const rows = kept.filter((row) => isKnown(row.atMs) && isOwn(row))
  const { aim } = readSession(dir)
  const from = isoOf(Math.max(fromMs, own.fromMs))
  const until = untilMs === undefined ? null : isoOf(untilMs)
  const isSeen = ({ atIso }: { readonly atIso: string }): boolean =>
    until === null || atIso <= until
  const names = provinceOf(config)?.dialect.interfaces ?? []
  const accesses = readAccess(dir, {
    interfaceId: null,
    account: null,
    from: from.slice(0, 10),
    to: null,
    limit: accessesMax,
  })
  // Only the joint test queries a platform that the lot has not joined.
  const { words, unasked } =
    aim === null
      ? await platformWords(config, linkHere(dir, config), numbersOf(rows), asks)
      : { words: [], unasked: notThere }
  const stamps = await stampsHere(dir, rows[0]?.seq ?? Infinity)
  const unrecorded = unrecordedOf(recordedHere(dir, fromMs), rows)
  return {
    rules: rulesHere(dir, config.provinceCode),
    ...declaredHere(dir, config, aim),
    nowMs: untilMs ?? nowMs,
    rows,
    past: pastOf(rows, { words, stamps, unrecorded }, own.fromSeq !== null),
    before: rowsBefore(dir, rows).filter(isOwn),
    fromMs,
    frames: (await framesOf(dir, rows)).filter(isSeen),
    accesses:
      aim === null
        ? accesses
            .filter((one) => from <= one.atIso && isSeen(one))
            .map((one): AccessFact => {
              const own = names.find(({ id }) => id === one.interfaceId)
              return own === undefined ? one : { ...one, name: t(own.zh, own.en) }
            })
            .toReversed()
        : [],
    isLogCut: accesses.length >= accessesMax,
    words,
    unasked,
    // The books of a platform that is not simulated on this machine cannot be read. Queries sent by this judging are
    // later than `untilMs`, so they count only for the next judging.
    issuer: aim === null ? await issuerHere(dir, config, fromMs, untilMs ?? nowMs) : null,
    acts: actCounts,
  }
}
