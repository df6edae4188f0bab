// Gets the rows behind a restored copy back from the lot's centre (docs/centre.md, "Rows given back"), before the lot writes
// its first new row: paired anew, each batch judged, each row proven, then written as the lost machine wrote it.
import { gunzipSync } from 'node:zlib'
import { batchKeyOf, centreKeys, centreShelf } from '../../centre/centre-keys.ts'
import { doorClient, givenBytesMax } from '../../centre/door-client.ts'
import { keptMark } from '../../centre/feed-file.ts'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedDigest } from '../../sqlite/feed-batch.ts'
import { GivenRows, wrongRow } from '../../sqlite/given-rows.ts'
import { openLedger } from '../../sqlite/ledger.ts'
import {
  openLedgerReader,
  type OpenedReader,
  type ReaderOptions,
} from '../../sqlite/ledger-reader.ts'
import { Pairing } from '../centre/pairing.ts'
import { faultOfPairing, faultOfTrouble } from '../centre/feed-faults-of.ts'
import { noRowsMark } from '../../pure/centre/follower.ts'
import {
  givenAnswer,
  judgeGiven,
  type GivenAnswer,
  type GivenBatch,
  type OwnEnd,
} from '../../pure/centre/given-rows.ts'
import { batchText, feedAnswer, feedLimits } from '../../pure/centre/row-feed.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LostRefund } from '#lane/pure/lot/rows-missing-from-copy.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { CentreDoor } from '../../ports/centre-door.ts'
import type { Joined } from '../../ports/centre-keys.ts'
import type { Ledger } from '../../ports/ledger.ts'
import { claimFolder } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { mustBeOfThisLot } from '#lane/folder/lot-kind.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { version } from '#base/process/version.ts'
import { lostAfter } from './lost-list.ts'
import {
  awaitRows,
  endWaiting,
  firstRows,
  hasFirstRows,
  waitingIn,
  type Waiting,
} from './restore-rows.ts'

interface FetchPlan {
  readonly dir: string
  readonly who: { readonly by: string; readonly reason: string; readonly commandId: string }
  readonly mono: MonoClock
  readonly clock: WallClock
  /** Whether it waits for a person at the centre; else it ends with the state `pending`. */
  readonly waits: boolean
  /** False: it was stopped meanwhile. */
  pause(ms: number): Promise<boolean>
  /** The six digits of a pairing that waits. */
  digits(text: string): void
  /** After each batch: the last row that was taken. */
  reached(seq: number): void
}

interface FetchedBack {
  /** `pending`: a person at the centre compares the digits. */
  readonly state: 'pending' | 'fetched' | 'left'
  readonly digits: string | null
  /** Rows given back by this command and those before it, and the first and last of them; 0: none. */
  readonly rows: number
  readonly fromSeq: number
  readonly toSeq: number
  /** Rows up to here are proven by a checkpoint, the others by the signatures of their batches; 0: none by this command. */
  readonly provenSeq: number
  readonly headSeq: number
  readonly lost: ReturnType<typeof lostAfter>
  readonly refundsTaken: readonly Pick<LostRefund, 'outTradeNo' | 'amountFen'>[]
}

const [lookMs, retryMs, triesMax] = [5_000, 2_000, 4]
const nothing = new Uint8Array()
const noLoss = { lostRows: null, lost: null, lostFen: null } as const

const unasked = (note: Why): LaneFault => new LaneFault('ROWS-15', { note })
const forked = (seq: number): LaneFault =>
  new LaneFault('ROWS-11', { note: t(`第 ${seq} 条`, `row ${seq}`), value: String(seq) })

/** What a fetch needs of the lot and its machine. */
class Fetch {
  readonly plan: FetchPlan
  readonly config: LotConfig
  readonly url: string
  readonly options: ReaderOptions
  readonly crypto: GmCrypto = openGmCrypto()

  constructor(plan: FetchPlan) {
    this.plan = plan
    this.config = loadLot(plan.dir).config
    const { centre } = this.config
    if (centre === undefined) throw new LaneFault('ARG-01', { field: '/centre', value: '' })
    this.url = centre.url
    this.options = readerOptions(plan.dir)
  }

  /** Certificates of this machine, or the digits of a pairing that waits. Throws ROWS-15. */
  async joined(isRefused: boolean): Promise<Joined | string> {
    const { plan, config, url, crypto } = this
    const { lotId, name } = config
    const shelf = centreShelf(plan.dir, lotId, crypto)
    const held = shelf.joined()
    if (!isRefused && held?.kept.url === url) return held
    const door = doorClient(url, null, plan.mono)
    const keys = centreKeys(crypto)
    const pairing = new Pairing({ url, lotId, name, door, keys, shelf, sm3: crypto.sm3 })
    // A person runs this: a request that has ended is made anew.
    if (pairing.kept !== null && pairing.kept.end !== null) pairing.begin()
    try {
      return await this.paired(pairing)
    } finally {
      await door.close()
    }
  }

  private async paired(pairing: Pairing): Promise<Joined | string> {
    const { plan } = this
    let silent = 0
    for (let turn = 0; ; turn++) {
      const step = await pairing.step()
      if (step.is === 'joined') return step.joined
      if (step.is === 'ended') throw unasked(faultOfPairing(step.why).detail.note ?? step.why)
      silent = step.is === 'later' ? silent + 1 : 0
      if (step.is === 'later' && silent >= triesMax) throw unasked(step.why)
      const digits = pairing.kept?.opened?.digits ?? ''
      if (step.is === 'pending' && turn === 0) plan.digits(digits)
      // The first step shows the secret, the next one asks for the decision.
      if (step.is === 'pending' && turn === 0) continue
      if (step.is === 'pending' && !plan.waits) return digits
      if (!(await plan.pause(step.is === 'pending' ? lookMs : retryMs))) return digits
    }
  }

  /** The answer about the rows behind `seq`; null: the certificate is refused. Throws ROWS-15. */
  async asked(door: CentreDoor, seq: number): Promise<Exclude<GivenAnswer, { is: 'unreadable' }>> {
    const path = `/v1/rows?node=${this.config.nodeId}&from=${seq + 1}`
    let why = ''
    for (let tries = 0; tries < triesMax; tries++) {
      if (tries > 0 && !(await this.plan.pause(retryMs))) break
      const answer = await door.send({ method: 'GET', path, headers: {}, body: nothing })
      const body = 'body' in answer ? answer.body : null
      if (answer.status === 200 || answer.status === 404) {
        const given = givenAnswer(answer.status, body)
        if (given.is === 'unreadable') throw wrongRow(seq + 1)
        return given
      }
      const said = feedAnswer(answer.status, body)
      if (said.is === 'refused') throw new CertificateRefused(said.why)
      why = 'why' in answer ? answer.why : String(answer.status)
      if (said.is === 'malformed') break
    }
    throw unasked(why)
  }

  digestAt(reader: OpenedReader, seq: number): string {
    const { dir } = this.plan
    const from = keptMark(dir, this.config.nodeId, this.url) ?? noRowsMark
    const start = from.seq <= seq ? from : noRowsMark
    const reading = feedDigest(reader.storedAfter, seq, start, this.crypto.sm3)
    for (;;) {
      const { done, value } = reading.next()
      if (done === true) return value.digest
    }
  }

  /** Whether the lot itself signed a batch. */
  isSigned(batch: GivenBatch, { kept }: Joined): boolean {
    const { lotId, nodeId } = this.config
    const { certificate, serial, signature } = batch
    if (certificate === null) return false
    const key = batchKeyOf(kept, lotId, { certificate, serial }, this.crypto)
    const text = new TextEncoder().encode(batchText({ ...batch, lotId, nodeId }))
    return key?.verify(text, signature) ?? false
  }
}

/** 401: the certificates of this machine are refused. */
class CertificateRefused extends LaneFault {
  constructor(why: Parameters<typeof refusalNote>[0]) {
    super('ROWS-15', { note: refusalNote(why) })
  }
}
const refusalNote = (
  why: Extract<Parameters<typeof faultOfTrouble>[0], { is: 'refused' }>['why'],
): Why => faultOfTrouble({ is: 'refused', why }).detail.note ?? why

function plainOf({ body, toSeq }: GivenBatch): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: feedLimits.plainBytesMax })
  } catch {
    // Bytes of another party.
    throw wrongRow(toSeq)
  }
}

/** A ledger with its reader, in a folder that is held meanwhile. */
async function inLedger<T>(
  fetch: Fetch,
  work: (ledger: Ledger, reader: OpenedReader) => Promise<T>,
): Promise<T> {
  const { dir } = fetch.plan
  const { nodeId } = fetch.config
  mustBeOfThisLot(dir, fetch.config)
  const { chainKey } = fetch.options
  const place = { dir, nodeId, chainKey, crypto: fetch.crypto }
  const { ledger } = openLedger({ ...place, durability: 'full', version })
  try {
    using reader = openLedgerReader(fetch.options)
    return await work(ledger, reader)
  } finally {
    ledger.close()
  }
}

interface Taken {
  readonly provenSeq: number
}

/** Asks for rows until the centre has no more. */
async function takeRows(
  fetch: Fetch,
  joined: Joined,
  { ledger, reader }: { readonly ledger: Ledger; readonly reader: OpenedReader },
  begin: () => void,
): Promise<Taken> {
  const { plan, crypto, options } = fetch
  const keys = options.clientKeys?.().keys
  const key = { crypto, chainKey: options.chainKey }
  const given = new GivenRows({ ledger, reader, key, clientKey: (serial) => keys?.get(serial) })
  const door = doorClient(fetch.url, joined.kept, plan.mono, givenBytesMax)
  let own: OwnEnd = { seq: ledger.head.seq, digest: fetch.digestAt(reader, ledger.head.seq) }
  try {
    for (;;) {
      const answer = await fetch.asked(door, own.seq)
      if (answer.is === 'end') {
        const { last, head } = answer
        if (last > own.seq) throw wrongRow(own.seq + 1)
        const digest = last === own.seq ? own.digest : fetch.digestAt(reader, last)
        if (digest !== head) throw forked(last)
        given.end()
        return { provenSeq: given.provenSeq }
      }
      const { batch } = answer
      const verdict = judgeGiven(own, batch, plainOf(batch), crypto.sm3)
      if (verdict.is === 'wrong') throw wrongRow(verdict.seq)
      if (verdict.is === 'forked') throw forked(verdict.seq)
      begin()
      given.take(verdict.lines, fetch.isSigned(batch, joined))
      if (verdict.withheld !== null) {
        given.end()
        const [seq, note] = [
          verdict.withheld,
          t(`第 ${verdict.withheld} 条`, `row ${verdict.withheld}`),
        ]
        throw new LaneFault('ROWS-14', { value: String(seq), note })
      }
      own = { seq: batch.toSeq, digest: batch.head }
      plan.reached(own.seq)
    }
  } finally {
    await door.close()
  }
}

/** Writes the first rows of the lot behind those that came back, and lets it start. */
function finish(
  { plan, options }: Fetch,
  { ledger, reader }: { readonly ledger: Ledger; readonly reader: OpenedReader },
  way: 'fetched' | 'left',
  { provenSeq }: Taken,
): FetchedBack {
  const { dir, who, clock } = plan
  const waiting = waitingIn(dir)
  const none = { rows: 0, fromSeq: 0, toSeq: 0, provenSeq }
  const found = { state: way, digits: null, lost: noLoss, refundsTaken: [] } as const
  if (waiting === null) return { ...found, ...none, headSeq: ledger.head.seq }
  const toSeq = ledger.head.seq
  const atMs = clock.nowMs()
  const { headSeq, sources } = waiting
  const rows = toSeq - headSeq
  const span = rows > 0 ? { rows, fromSeq: headSeq + 1, toSeq, provenSeq } : none
  const lost = lostAfter(options, toSeq, sources)
  let back: readonly LostRefund[] = []
  if (!hasFirstRows(dir, waiting)) {
    const first = firstRows(
      dir,
      waiting,
      { headSeq: toSeq, atIso: endOf(reader, waiting, atMs) },
      atMs,
    )
    const act = `ledger.fetchBack ${way === 'left' ? way : `${span.fromSeq}-${span.toSeq}`}`
    const body = { act, role: 'owner', result: 'done', ...who }
    const audit: RowDraft = { kind: 'audit', atMs, body }
    ledger.append([audit, ...first.rows])
    back = first.back
  }
  endWaiting(dir)
  const refundsTaken = back.map(({ outTradeNo, amountFen }) => ({ outTradeNo, amountFen }))
  return { ...found, ...span, lost, refundsTaken, headSeq: ledger.head.seq }
}

/** Time of the last row, which the clock of the lost machine gave: not before the copy, and not in the future. */
function endOf(reader: OpenedReader, { atIso }: Pick<Waiting, 'atIso'>, nowMs: number): string {
  const { seq } = reader.head()
  let atMs = 0
  for (const row of reader.storedAfter(seq - 1)) atMs = row.atMs
  return isoOf(Math.min(Math.max(atMs, instantOfIso(atIso)), nowMs))
}

/**
 * Goes on where an earlier one ended. Throws LOCK-01 for a folder in use, ROWS-11 for another history, ROWS-12 for an answer
 * that is none, ROWS-13 for rows that nothing proves, ROWS-14 for a row that the centre has as its r alone, ROWS-15 when it
 * cannot be asked; proven rows before stay, and the lot starts only after a fetch that ends or `leaveRows`.
 */
export async function fetchBack(plan: FetchPlan): Promise<FetchedBack> {
  const fetch = new Fetch(plan)
  const folder = claimFolder(plan.dir)
  try {
    return await fetched(fetch, false)
  } catch (error) {
    // Certificates of before are of no use: a person at the centre decides about new ones.
    if (error instanceof CertificateRefused) return await fetched(fetch, true)
    throw error
  } finally {
    folder.release()
  }
}

async function fetched(fetch: Fetch, isRefused: boolean): Promise<FetchedBack> {
  const { dir, who } = fetch.plan
  const joined = await fetch.joined(isRefused)
  return inLedger(fetch, async (ledger, reader) => {
    const { seq: headSeq } = ledger.head
    if (typeof joined === 'string') {
      const none = { rows: 0, fromSeq: 0, toSeq: 0, provenSeq: 0, headSeq }
      return { state: 'pending', digits: joined, ...none, lost: noLoss, refundsTaken: [] }
    }
    /** A copy that was put back by hand left nothing that waits. */
    const begin = (): void => {
      if (waitingIn(dir) !== null) return
      const copyIso = endOf(reader, { atIso: isoOf(0) }, fetch.plan.clock.nowMs())
      const sources = { dead: null, billed: null }
      const act = `ledger.fetchBack ${headSeq}`
      awaitRows(dir, { act, ...who, headSeq, atIso: copyIso, hadRows: headSeq, sources })
    }
    const taken = await takeRows(fetch, joined, { ledger, reader }, begin)
    return finish(fetch, { ledger, reader }, 'fetched', taken)
  })
}

/** The lot goes on without the rows at its centre, which then has another history of it. */
export async function leaveRows(plan: FetchPlan): Promise<FetchedBack> {
  const fetch = new Fetch(plan)
  const folder = claimFolder(plan.dir)
  try {
    return await inLedger(fetch, (ledger, reader) =>
      Promise.resolve(finish(fetch, { ledger, reader }, 'left', { provenSeq: 0 })),
    )
  } finally {
    folder.release()
  }
}
