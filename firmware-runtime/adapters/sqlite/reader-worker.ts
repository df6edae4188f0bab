// The worker beside the hot thread: queries, timelines and checks; nightly backups and old photos.
// The same program file is started again as the worker; main.ts branches to `serveReader`.
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { LaneFault } from '../../core/values/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/ledger-row.ts'
import type { RefundByHand } from '../../core/lot/refund-by-hand.ts'
import type { ExitWithoutEntry } from '../../core/lot/stays-to-check.ts'
import type { UpkeepFacts } from '../../core/lot/upkeep.ts'
import type { DeskDay, DeskPage, LedgerDesk } from '../../ports/ledger-desk.ts'
import type { KeptFold } from '../../ports/fold-cache.ts'
import type {
  LedgerQuery,
  LedgerSums,
  LedgerVerdict,
  QueryKind,
} from '../../ports/ledger-reader.ts'
import type { LedgerSheet, SheetPlan } from '../../ports/ledger-sheet.ts'
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
import { AskedWorker, serveQuestions } from '../worker/asked-worker.ts'
import { backupNightly } from './backup.ts'
import { keeping } from '../files/fold-keeping.ts'
import { readPassage } from '../files/passage-file.ts'
import { openLedgerReader, verifyLedger, type OpenedReader } from './ledger-reader.ts'
import { ledgerSheet } from './sheet.ts'
import { damageOf } from './whole-check.ts'
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

/** The most that one question takes. */
const sheetPageRows = 1_000

type Ask =
  | { readonly do: 'query'; readonly kind: QueryKind; readonly filter: LedgerQuery }
  | { readonly do: 'sums'; readonly filter: LedgerQuery }
  | {
      readonly do: 'sheet'
      readonly kind: QueryKind
      readonly filter: LedgerQuery
      readonly plan: SheetPlan
    }
  | { readonly do: 'timeline'; readonly stayId: string }
  | { readonly do: 'passage'; readonly stayId: string; readonly days: readonly string[] }
  | { readonly do: 'verify' }
  | { readonly do: 'damage' }
  | { readonly do: 'day'; readonly sinceMs: InstantMs }
  | { readonly do: 'exitsWithoutEntry'; readonly sinceMs: InstantMs }
  | { readonly do: 'refundsByHand' }
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

export function isReaderData(data: unknown): data is ReaderWorkerData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'reader'
}

/** The worker's side: one connection, one question after another; others pass while a copy is made. */
export function serveReader(place: ReaderPlace): void {
  const crypto = openGmCrypto()
  const clientKeys = () => clientCertificates(place.certDir ?? null, crypto)
  const options = { ...place, crypto, clientKeys, indexFile: join(place.dir, 'index.db') }
  let reader: OpenedReader | null = null
  const opened = (): OpenedReader => (reader ??= openLedgerReader(options))
  const answer = (ask: Ask): unknown => {
    switch (ask.do) {
      case 'verify':
        return verifyLedger(options)
      case 'damage':
        return damageOf(place.dir)
      case 'query':
        return opened().query(ask.kind, ask.filter)
      case 'sums':
        return opened().sums(ask.filter)
      case 'sheet': {
        const { kind, filter, plan } = ask
        const page = { ...filter, limit: sheetPageRows }
        return ledgerSheet(plan, (after) =>
          opened().query(kind, after === undefined ? page : { ...page, after }),
        )
      }
      case 'timeline':
        return opened().timeline(ask.stayId)
      case 'passage':
        return readPassage(place.dir, ask.stayId, ask.days)
      case 'day':
        return opened().day(ask.sinceMs)
      case 'exitsWithoutEntry':
        return opened().exitsWithoutEntry(ask.sinceMs)
      case 'refundsByHand':
        return opened().refundsByHand()
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
  serveQuestions(answer)
}

function builtPassport(content: PassportContent, digests: Digests): BuiltPassport {
  const database = passportDatabase(content)
  return { database, claim: claimOf(database, content, digests) }
}

function lastPassport(dir: string, laneId: string): KeptPassport | null {
  const file = lastPassportIn(dir, laneId)
  return file === null ? null : { file, bytes: readPassportFile(file) }
}

/** Between two slices other questions are answered: nobody at a desk waits for a long fold. */
async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    await setImmediate()
  }
}

/** The hot thread's side. */
export class ReaderWorker implements LedgerDesk, UpkeepDesk, PassageDesk, PassportDesk {
  private readonly place: ReaderPlace
  private readonly worker: AskedWorker<Ask>

  constructor(entry: string, place: ReaderPlace) {
    this.place = place
    this.worker = new AskedWorker(entry, { kind: 'reader', ...place } satisfies ReaderWorkerData)
  }

  query(kind: QueryKind, filter: LedgerQuery): Promise<DeskPage> {
    return this.worker.ask({ do: 'query', kind, filter })
  }

  sums(filter: LedgerQuery): Promise<LedgerSums> {
    return this.worker.ask({ do: 'sums', filter })
  }

  sheet(kind: QueryKind, filter: LedgerQuery, plan: SheetPlan): Promise<LedgerSheet> {
    return this.worker.ask({ do: 'sheet', kind, filter, plan })
  }

  timeline(stayId: string): Promise<readonly LedgerRow[]> {
    return this.worker.ask({ do: 'timeline', stayId })
  }

  passage(stayId: string, days: readonly string[]): Promise<readonly PassageTrace[]> {
    return this.worker.ask({ do: 'passage', stayId, days })
  }

  verify(): Promise<LedgerVerdict> {
    return this.worker.ask({ do: 'verify' })
  }

  /** What SQLite finds wrong with the ledger as a whole, or null; nobody else is answered meanwhile. */
  damage(): Promise<string | null> {
    return this.worker.ask({ do: 'damage' })
  }

  day(sinceMs: InstantMs): Promise<DeskDay> {
    return this.worker.ask({ do: 'day', sinceMs })
  }

  exitsWithoutEntry(sinceMs: InstantMs): Promise<readonly ExitWithoutEntry[]> {
    return this.worker.ask({ do: 'exitsWithoutEntry', sinceMs })
  }

  refundsByHand(): Promise<readonly RefundByHand[]> {
    return this.worker.ask({ do: 'refundsByHand' })
  }

  /** Three looks at folders, in no need of a thread. */
  facts(): Promise<UpkeepFacts> {
    return upkeepFacts(this.place.dir)
  }

  backup(atMs: InstantMs): Promise<NightlyBackup> {
    return this.worker.ask({ do: 'backup', atMs })
  }

  clearPhotos(day: string, begun: boolean): Promise<Cleared> {
    return this.worker.ask({ do: 'clearPhotos', day, begun })
  }

  forgetPhotos(day: string): Promise<void> {
    return this.worker.ask({ do: 'forgetPhotos', day })
  }

  dropBackup(file: string): Promise<void> {
    return this.worker.ask({ do: 'dropBackup', file })
  }

  buildPassport(content: PassportContent): Promise<BuiltPassport> {
    return this.worker.ask({ do: 'buildPassport', content })
  }

  keepPassport(laneId: string, stamp: string, bytes: Uint8Array): Promise<string> {
    return this.worker.ask({ do: 'keepPassport', laneId, stamp, bytes })
  }

  lastPassport(laneId: string): Promise<KeptPassport | null> {
    return this.worker.ask({ do: 'lastPassport', laneId })
  }

  readPassport(database: Uint8Array): Promise<PassportContent | null> {
    return this.worker.ask({ do: 'readPassport', database })
  }

  /** Never rejects: a cache that could not be made is a slower start and nothing else. */
  async keepFold(program: string): Promise<KeptFold> {
    try {
      return await this.worker.ask<KeptFold>({ do: 'keepFold', program })
    } catch (error) {
      const why = error instanceof LaneFault ? (error.detail.note ?? error.code) : String(error)
      return { ok: false, why }
    }
  }

  close(): Promise<void> {
    return this.worker.close()
  }
}
