// The worker beside the hot thread: queries, timelines and checks; nightly backups and old photos.
// The same program file is started again as the worker; main.ts branches to `serveReader`.
import { setImmediate } from 'node:timers/promises'
import { parentPort, Worker, type MessagePort } from 'node:worker_threads'
import { LaneFault, type FaultCode, type FaultDetail } from '../../core/values/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/ledger-row.ts'
import type { ExitWithoutEntry } from '../../core/lot/stays-to-check.ts'
import type { UpkeepFacts } from '../../core/lot/upkeep.ts'
import { present } from '../../core/values/must.ts'
import type { DeskDay, DeskPage, LedgerDesk } from '../../ports/ledger-desk.ts'
import type { KeptFold } from '../../ports/fold-cache.ts'
import type { LedgerQuery, LedgerVerdict, QueryKind } from '../../ports/ledger-reader.ts'
import type { PassageDesk, PassageTrace } from '../../ports/passage-traces.ts'
import { claimOf, type Digests } from '../../core/values/passport/container.ts'
import type { PassportContent } from '../../core/values/passport/tables.ts'
import type { BuiltPassport, KeptPassport, PassportDesk } from '../../ports/passport-desk.ts'
import type { Cleared, NightlyBackup, UpkeepDesk } from '../../ports/upkeep-desk.ts'
import { clientCertificates } from '../crypto/certs.ts'
import { openGmCrypto } from '../crypto/gm-crypto.ts'
import { digestsOf } from '../crypto/passport-digests.ts'
import { clearPhotoDay, dropBackup, forgetPhotoDay, upkeepFacts } from '../files/upkeep-files.ts'
import { keepPassportIn, lastPassportIn, readPassportFile } from '../files/passport-shelf.ts'
import { backupNightly } from './backup.ts'
import { keeping } from '../files/fold-keeping.ts'
import { readPassage } from '../files/passage-file.ts'
import { openLedgerReader, verifyLedger, type OpenedReader } from './ledger-reader.ts'
import { passportDatabase, readPassportDatabase } from './passport-database.ts'

export interface ReaderPlace {
  readonly dir: string
  readonly nodeId: string
  readonly chainKey: Uint8Array
  /** Holds the certificate that checkpoints are checked against; null where the lot has none. */
  readonly certDir?: string | null
}

export interface ReaderWorkerData extends ReaderPlace {
  readonly kind: 'reader'
}

type Ask =
  | { readonly do: 'query'; readonly kind: QueryKind; readonly filter: LedgerQuery }
  | { readonly do: 'timeline'; readonly stayId: string }
  | { readonly do: 'passage'; readonly stayId: string; readonly days: readonly string[] }
  | { readonly do: 'verify' }
  | { readonly do: 'day'; readonly sinceMs: InstantMs }
  | { readonly do: 'exitsWithoutEntry'; readonly sinceMs: InstantMs }
  | { readonly do: 'backup'; readonly atMs: InstantMs }
  | { readonly do: 'clearPhotos'; readonly day: string; readonly begun: boolean }
  | { readonly do: 'forgetPhotos'; readonly day: string }
  | { readonly do: 'dropBackup'; readonly file: string }
  /** Brings fold.cache up to the ledger, for starts of this version of the program. */
  | { readonly do: 'keepFold'; readonly program: string }
  | { readonly do: 'buildPassport'; readonly content: PassportContent }
  | {
      readonly do: 'keepPassport'
      readonly laneId: string
      readonly stamp: string
      readonly bytes: Uint8Array
    }
  | { readonly do: 'lastPassport'; readonly laneId: string }
  | { readonly do: 'readPassport'; readonly database: Uint8Array }

type Question = Ask & { readonly id: number }
type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly code: FaultCode
      readonly detail: FaultDetail
    }
  | { readonly id: number; readonly ok: false; readonly bug: string }

export function isReaderData(data: unknown): data is ReaderWorkerData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'reader'
}

/** The worker's side: one connection, one question after another; others pass while a copy is made. */
export function serveReader(place: ReaderPlace, port: MessagePort | null = parentPort): void {
  const own = present(port, 'a worker has a port')
  const crypto = openGmCrypto()
  const clientKeys = () => clientCertificates(place.certDir ?? null, crypto)
  const options = { ...place, crypto, clientKeys }
  let reader: OpenedReader | null = null
  const opened = (): OpenedReader => (reader ??= openLedgerReader(options))
  const answer = (ask: Ask): unknown => {
    switch (ask.do) {
      case 'verify':
        return verifyLedger(options)
      case 'query':
        return opened().query(ask.kind, ask.filter)
      case 'timeline':
        return opened().timeline(ask.stayId)
      case 'passage':
        return readPassage(place.dir, ask.stayId, ask.days)
      case 'day':
        return opened().day(ask.sinceMs)
      case 'exitsWithoutEntry':
        return opened().exitsWithoutEntry(ask.sinceMs)
      case 'keepFold': {
        const { checkedRows } = opened()
        const fold = { ...options, program: ask.program }
        return inSlices(keeping({ place: fold, rowsAfter: checkedRows, sync: true }))
      }
      case 'backup':
        return backupNightly(options, ask.atMs)
      case 'clearPhotos':
        return clearPhotoDay(place.dir, ask.day, ask.begun)
      case 'forgetPhotos':
        return forgetPhotoDay(place.dir, ask.day)
      case 'dropBackup':
        return dropBackup(place.dir, ask.file)
      case 'buildPassport':
        return builtPassport(ask.content, digestsOf(crypto))
      case 'keepPassport':
        return keepPassportIn(place.dir, ask.laneId, ask.stamp, ask.bytes)
      case 'lastPassport':
        return lastPassport(place.dir, ask.laneId)
      case 'readPassport':
        return readPassportDatabase(ask.database)
    }
  }
  const answered = async (ask: Ask): Promise<unknown> => await answer(ask)
  own.on('message', ({ id, ...ask }: Question) => {
    answered(ask).then(
      (value) => own.postMessage({ id, ok: true, value } satisfies Reply),
      (error: unknown) => own.postMessage(refusal(id, error)),
    )
  })
}

function builtPassport(content: PassportContent, digests: Digests): BuiltPassport {
  const database = passportDatabase(content)
  return { database, claim: claimOf(database, content, digests) }
}

function lastPassport(dir: string, laneId: string): KeptPassport | null {
  const file = lastPassportIn(dir, laneId)
  return file === null ? null : { file, bytes: readPassportFile(file) }
}

function refusal(id: number, error: unknown): Reply {
  if (error instanceof LaneFault) return { id, ok: false, code: error.code, detail: error.detail }
  return { id, ok: false, bug: error instanceof Error ? error.message : String(error) }
}

/** Between two slices other questions are answered: nobody at a desk waits for a long fold. */
async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    await setImmediate()
  }
}

interface Waiter {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** A worker costs memory: one that nobody asks for this long ends, the next question starts another. */
const idleMs = 60_000

/** The hot thread's side. The worker is started with the first question. */
export class ReaderWorker implements LedgerDesk, UpkeepDesk, PassageDesk, PassportDesk {
  private readonly entry: string
  private readonly place: ReaderPlace
  private readonly waiters = new Map<number, Waiter>()
  private worker: Worker | null = null
  private lastId = 0
  private closed = false
  private idle: NodeJS.Timeout | null = null

  constructor(entry: string, place: ReaderPlace) {
    this.entry = entry
    this.place = place
  }

  query(kind: QueryKind, filter: LedgerQuery): Promise<DeskPage> {
    return this.ask({ do: 'query', kind, filter })
  }

  timeline(stayId: string): Promise<readonly LedgerRow[]> {
    return this.ask({ do: 'timeline', stayId })
  }

  passage(stayId: string, days: readonly string[]): Promise<readonly PassageTrace[]> {
    return this.ask({ do: 'passage', stayId, days })
  }

  verify(): Promise<LedgerVerdict> {
    return this.ask({ do: 'verify' })
  }

  day(sinceMs: InstantMs): Promise<DeskDay> {
    return this.ask({ do: 'day', sinceMs })
  }

  exitsWithoutEntry(sinceMs: InstantMs): Promise<readonly ExitWithoutEntry[]> {
    return this.ask({ do: 'exitsWithoutEntry', sinceMs })
  }

  /** Three looks at folders, in no need of a thread. */
  facts(): Promise<UpkeepFacts> {
    return upkeepFacts(this.place.dir)
  }

  backup(atMs: InstantMs): Promise<NightlyBackup> {
    return this.ask({ do: 'backup', atMs })
  }

  clearPhotos(day: string, begun: boolean): Promise<Cleared> {
    return this.ask({ do: 'clearPhotos', day, begun })
  }

  forgetPhotos(day: string): Promise<void> {
    return this.ask({ do: 'forgetPhotos', day })
  }

  dropBackup(file: string): Promise<void> {
    return this.ask({ do: 'dropBackup', file })
  }

  buildPassport(content: PassportContent): Promise<BuiltPassport> {
    return this.ask({ do: 'buildPassport', content })
  }

  keepPassport(laneId: string, stamp: string, bytes: Uint8Array): Promise<string> {
    return this.ask({ do: 'keepPassport', laneId, stamp, bytes })
  }

  lastPassport(laneId: string): Promise<KeptPassport | null> {
    return this.ask({ do: 'lastPassport', laneId })
  }

  readPassport(database: Uint8Array): Promise<PassportContent | null> {
    return this.ask({ do: 'readPassport', database })
  }

  /** Never rejects: a cache that could not be made is a slower start and nothing else. */
  async keepFold(program: string): Promise<KeptFold> {
    try {
      return await this.ask<KeptFold>({ do: 'keepFold', program })
    } catch (error) {
      const why = error instanceof LaneFault ? (error.detail.note ?? error.code) : String(error)
      return { ok: false, why }
    }
  }

  async close(): Promise<void> {
    this.closed = true
    if (this.idle !== null) clearTimeout(this.idle)
    this.fail('the reader is closed')
    await this.worker?.terminate()
  }

  private ask<T>(ask: Ask): Promise<T> {
    if (this.closed) return Promise.reject(unanswered('the reader is closed'))
    this.worker ??= this.start()
    const { worker } = this
    const id = ++this.lastId
    return new Promise<T>((resolve, reject) => {
      this.waiters.set(id, { resolve, reject })
      worker.postMessage({ ...ask, id })
    })
  }

  private start(): Worker {
    const workerData: ReaderWorkerData = { kind: 'reader', ...this.place }
    const worker = new Worker(this.entry, { workerData, argv: [] })
    worker.on('message', (reply: Reply) => this.take(reply))
    worker.on('error', (error) => this.lost(worker, String(error)))
    worker.on('exit', () => this.lost(worker, 'the reader ended'))
    // A desk must never keep a lane that is told to stop alive.
    worker.unref()
    return worker
  }

  private take(reply: Reply): void {
    const waiter = this.waiters.get(reply.id)
    this.waiters.delete(reply.id)
    if (reply.ok) waiter?.resolve(reply.value as never)
    else if ('code' in reply) waiter?.reject(new LaneFault(reply.code, reply.detail))
    else waiter?.reject(unanswered(reply.bug))
    if (this.waiters.size === 0) this.rest()
  }

  private rest(): void {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = setTimeout(() => {
      const { worker } = this
      if (this.waiters.size > 0 || worker === null) return
      this.worker = null
      void worker.terminate()
    }, idleMs)
    this.idle.unref()
  }

  /** The next question starts another worker. */
  private lost(worker: Worker, why: string): void {
    if (this.worker !== worker) return
    this.worker = null
    this.fail(why)
  }

  private fail(why: string): void {
    for (const { reject } of this.waiters.values()) reject(unanswered(why))
    this.waiters.clear()
  }
}

/** Whatever goes wrong while reading is the reader's trouble: the lanes go on. */
const unanswered = (why: string): LaneFault => new LaneFault('RUN-03', { note: why })
