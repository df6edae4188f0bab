// The generator of `centre bench`: lots that send rows with real keys over HTTPS, each with the feed of the product, or one
// signed record a request. Their rows are made from their numbers, in place of a ledger.
import type { FleetLot } from '../../../centre/bench/fleet.ts'
import type { GeneratorFigures } from '../../../centre/bench/figures.ts'
import { centreKeys } from '#ledger/centre/centre-keys.ts'
import { doorClient } from '#ledger/centre/door-client.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedBatch } from '#ledger/sqlite/feed-batch.ts'
import { zeroHash } from '#ledger/sqlite/row-text.ts'
import { batchHeaders } from '#ledger/desk/centre/batch-headers.ts'
import { CentreFeed } from '#ledger/desk/centre/centre-feed.ts'
import { noRowsMark, type FeedBatch } from '#ledger/pure/centre/follower.ts'
import { present } from '#base/pure/values/must.ts'
import type { CentreDoor } from '#ledger/ports/centre-door.ts'
import type { Joined } from '#ledger/ports/centre-keys.ts'
import type { MonoClock, Random, WallClock } from '#base/ports/clocks.ts'
import { BenchRecord } from './bench-record.ts'

interface LotsOptions {
  readonly fleet: readonly FleetLot[]
  readonly nodeId: string
  /** Rows a second of all lots. */
  readonly rate: number
  readonly seconds: number
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly random: Random
  began(): void
  ended(): void
  failed(error: unknown): void
}

/** Most that a run waits before its measured time for lots that are not answered, and behind it. */
const [beginMs, patienceMs] = [15_000, 40_000]
const settleMs = 2_000
/** By then each lot has its connection; as in docs/centre.md, many lots get a longer pace. */
const [turnMs, turnMsOfMany, many] = [2_000, 5_000, 500]
const turnOf = (lots: number): number => (lots >= many ? turnMsOfMany : turnMs)
const lookMs = 20
const crypto = openGmCrypto()

/** A payment as a lane writes it; every row is another. */
function rowOf(nodeId: string, seq: number, startMs: number, of: number) {
  const number = ((seq * 2_654_435_761 + of * 40_503) >>> 0).toString(16).padStart(8, '0')
  const body = {
    gateway: 'etc',
    means: 'etc',
    number: `${number}${seq.toString(16).padStart(8, '0')}`,
    paidAtMs: startMs + seq * 620,
    serviceFen: 500 + ((seq * 37) % 4_000),
    state: 'paid',
    terminal: `${number.slice(2)}${of}`,
  }
  return {
    nodeId,
    seq,
    kind: 'payment',
    atMs: startMs + seq * 617,
    laneId: `X${1 + (seq % 3)}`,
    stayId: `s${number}`,
    orderId: `o${number}`,
    deductionId: null,
    amountFen: body.serviceFen,
    bodyText: JSON.stringify(body),
    hash: zeroHash,
  }
}

function joinedOf({ lotId, kept }: FleetLot): Joined {
  const { url, authority, tlsKey, signKey, tlsCertificate, signCertificate } = kept
  const opened = { pairingId: '', challenge: '', authority, digits: '' }
  const ends = { tlsRequest: '', signRequest: '', secret: '', end: null }
  const pairing = { url, tlsKey, signKey, opened, ...ends }
  const joined = centreKeys(crypto).join(pairing, lotId, tlsCertificate, signCertificate)
  return present(joined, 'a fleet has certificates that fit')
}

/** The rows of one lot as they come up: `headSeq` is how many there are. */
class BenchLot {
  readonly of: FleetLot
  readonly joined: Joined
  readonly onRows = new Set<() => void>()
  headSeq = 0
  private readonly at: number
  private readonly options: LotsOptions
  private readonly startMs: number
  private readonly perUs: number
  /** The first row is due about then. */
  private fromUs = Infinity

  constructor(options: LotsOptions, at: number) {
    const { fleet, rate, clock } = options
    this.options = options
    this.at = at
    this.of = present(fleet[at], 'a lot of the fleet')
    this.joined = joinedOf(this.of)
    this.startMs = clock.nowMs()
    this.perUs = rate / fleet.length / 1_000_000
  }

  /** Lots begin one after the other, within `spreadMs`. */
  start(nowUs: number, spreadMs: number): void {
    this.fromUs = nowUs + (spreadMs * 1_000 * this.at) / this.options.fleet.length
  }

  /** When a row is due; lots are a part of a row apart. */
  dueUs(seq: number): number {
    return this.fromUs + (seq - (this.at + 1) / this.options.fleet.length) / this.perUs
  }

  *rowsAfter(seq: number, headSeq = this.headSeq) {
    for (let next = seq + 1; next <= headSeq; next++)
      yield rowOf(this.options.nodeId, next, this.startMs, this.at)
  }

  /** Rows that are due by now. */
  grow(nowUs: number): void {
    const due = (nowUs - this.fromUs) * this.perUs + (this.at + 1) / this.options.fleet.length
    const headSeq = nowUs < this.fromUs ? 0 : Math.floor(due)
    if (headSeq <= this.headSeq) return
    this.headSeq = headSeq
    for (const wake of this.onRows) wake()
  }
}

/** Noted by status and time from `dueUs`, or from the sending. */
class Doors {
  underWay = 0
  private readonly mono: MonoClock
  private readonly record: BenchRecord

  constructor(mono: MonoClock, record: BenchRecord) {
    this.mono = mono
    this.record = record
  }

  async send(
    door: CentreDoor,
    lot: number,
    batch: Pick<FeedBatch, 'body'>,
    of: {
      readonly headers: Readonly<Record<string, string>>
      readonly rows: number
      readonly dueUs?: number
    },
  ) {
    const { headers, rows, dueUs = this.mono.nowUs() } = of
    this.underWay++
    const answer = await door.send({ method: 'POST', path: '/v1/rows', headers, body: batch.body })
    this.underWay--
    const atUs = this.mono.nowUs()
    const { status } = answer
    this.record.answered({ lot, atUs, rows, ms: (atUs - dueUs) / 1_000, status })
    return answer
  }
}

/** What sends the rows of the lots. */
interface Senders {
  /** No further batch is begun. */
  stop(): void
  close(): Promise<void>
}

const rowsOf = (headers: Readonly<Record<string, string>>): number =>
  Number(headers['etc-to']) - Number(headers['etc-from']) + 1

/** Each lot has the feed of the product. */
function feedsOf(options: LotsOptions, lots: readonly BenchLot[], doors: Doors): Senders {
  const { nodeId, mono, clock, random, failed } = options
  let isOver = false
  const feeds = lots.map((lot, at) => {
    const never = (): Promise<never> => Promise.reject(new Error('a lot of the bench has no past'))
    return new CentreFeed({
      lotId: lot.of.lotId,
      nodeId,
      name: { zh: lot.of.lotId, en: lot.of.lotId },
      url: lot.of.kept.url,
      lot,
      rows: {
        feedBatch: async (from, rowsMax) =>
          isOver ? null : feedBatch((seq) => lot.rowsAfter(seq), from, rowsMax, crypto.sm3),
        feedDigest: never,
        feedKeep: () => Promise.resolve(),
      },
      kept: null,
      mono,
      clock,
      random,
      sm3: crypto.sm3,
      keys: centreKeys(crypto),
      shelf: {
        pairing: () => null,
        joined: () => lot.joined,
        keepPairing: () => undefined,
        keepJoined: () => undefined,
      },
      door(trust) {
        const door = doorClient(lot.of.kept.url, trust, mono)
        return {
          send: (request) =>
            doors.send(door, at, request, {
              headers: request.headers,
              rows: rowsOf(request.headers),
            }),
          close: () => door.close(),
        }
      },
      tell: failed,
      failed,
    })
  })
  return {
    stop: () => void (isOver = true),
    async close() {
      await Promise.all(feeds.map((feed) => feed.close()))
    },
  }
}

interface Signed extends Pick<FeedBatch, 'body'> {
  readonly headers: Readonly<Record<string, string>>
}

/** Records of a lot, each a batch of its own, packed and signed. */
function signedRows(lot: BenchLot, nodeId: string, count: number): readonly Signed[] {
  const { lotId } = lot.of
  const made: Signed[] = []
  let from = noRowsMark
  for (let seq = 1; seq <= count; seq++) {
    const batch = feedBatch((after) => lot.rowsAfter(after, count), from, 1, crypto.sm3)
    const { to, body } = present(batch, 'a row that was made')
    const headers = batchHeaders({ from, to }, { lotId, nodeId, signer: lot.joined.signer })
    made.push({ headers, body })
    from = to
  }
  return made
}

/** One record a request, in their order, each when it is due or as soon as the one before it is answered. */
function singles(
  { mono, failed }: LotsOptions,
  lots: readonly BenchLot[],
  signed: readonly (readonly Signed[])[],
  doors: Doors,
): Senders {
  let isOver = false
  const all = lots.map((lot) => doorClient(lot.of.kept.url, lot.joined.kept, mono))
  const waitFor = (untilUs: number): Promise<void> =>
    new Promise((done) => mono.after(Math.max(0, (untilUs - mono.nowUs()) / 1_000), done))
  const run = async (at: number): Promise<void> => {
    const [lot, door] = [present(lots[at], 'a lot'), present(all[at], 'its door')]
    for (const [index, one] of (signed[at] ?? []).entries()) {
      const dueUs = lot.dueUs(index + 1)
      if (dueUs > mono.nowUs()) await waitFor(dueUs)
      if (isOver) return
      const { status } = await doors.send(door, at, one, { headers: one.headers, rows: 1, dueUs })
      // The rows behind one that was not taken would be a gap.
      if (status !== 200) return
    }
  }
  for (const at of lots.keys()) run(at).catch(failed)
  return {
    stop: () => void (isOver = true),
    async close() {
      await Promise.all(all.map((door) => door.close()))
    },
  }
}

async function until(mono: MonoClock, withinMs: number, isSo: () => boolean): Promise<void> {
  const endUs = mono.nowUs() + withinMs * 1_000
  while (!isSo() && mono.nowUs() < endUs) await pause(mono, lookMs)
}

const pause = (mono: MonoClock, ms: number): Promise<void> =>
  new Promise((done) => mono.after(ms, done))

const processorMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function measured(
  options: LotsOptions,
  record: BenchRecord,
  doors: Doors,
  { answers, seconds, senders }: { answers: number; seconds: number; senders: Senders },
): Promise<GeneratorFigures> {
  const { mono, began, ended } = options
  await until(mono, beginMs, () => record.fewest >= answers)
  // What has waited for a connection is answered meanwhile.
  await pause(mono, settleMs)
  const fromMs = processorMs()
  record.begin(mono.nowUs())
  began()
  await pause(mono, seconds * 1_000)
  record.end(mono.nowUs())
  ended()
  const usedMs = processorMs() - fromMs
  senders.stop()
  await until(mono, patienceMs, () => doors.underWay === 0)
  await senders.close()
  return record.figures(usedMs)
}

/** Batches: packed and signed while they are sent. Measured for two turns at least. */
export async function sendBatches(options: LotsOptions): Promise<GeneratorFigures> {
  const { fleet, mono, seconds } = options
  const turn = turnOf(fleet.length)
  const record = new BenchRecord(fleet.length, turn * 2)
  const doors = new Doors(mono, record)
  const lots = fleet.map((_, at) => new BenchLot(options, at))
  const senders = feedsOf(options, lots, doors)
  const startUs = mono.nowUs()
  for (const lot of lots) lot.start(startUs, turn)
  let isOver = false
  const grow = (): void => {
    if (isOver) return
    const nowUs = mono.nowUs()
    for (const lot of lots) lot.grow(nowUs)
    mono.after(lookMs, grow)
  }
  grow()
  const least = Math.max(seconds, (2 * turn + lookMs) / 1_000)
  const figures = await measured(options, record, doors, { answers: 2, seconds: least, senders })
  isOver = true
  return figures
}

/** One record a request: packed and signed before the run. */
export async function sendSingly(options: LotsOptions): Promise<GeneratorFigures> {
  const { fleet, nodeId, rate, mono, seconds } = options
  const record = new BenchRecord(fleet.length, (2_000 * fleet.length) / rate)
  const doors = new Doors(mono, record)
  const count = Math.ceil((rate / fleet.length) * (seconds + (beginMs + settleMs + turnMs) / 1_000))
  const lots = fleet.map((_, at) => new BenchLot(options, at))
  const signed = lots.map((lot) => signedRows(lot, nodeId, count))
  const startUs = mono.nowUs()
  for (const lot of lots) lot.start(startUs, turnMs)
  const senders = singles(options, lots, signed, doors)
  return measured(options, record, doors, { answers: 1, seconds, senders })
}
