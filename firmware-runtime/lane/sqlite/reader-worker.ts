// The worker beside the main thread: queries, timelines and checks; nightly backups and old photos.
// The same program file is started as the worker; main.ts branches to `serveReader`.
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { price } from '#money/pure/billing/price.ts'
import { curveOf } from '#money/pure/billing/tariff-curve.ts'
import { newsRows } from '#ledger/pure/lot/news-rows.ts'
import { replayTariff, type ReplayWindow } from '#money/pure/lot/tariff-replay.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { WhoPaysMore } from '#money/pure/lot/who-pays-more.ts'
import { LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { UpkeepFacts } from '#ledger/pure/lot/upkeep.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { KeptFold } from '#ledger/ports/fold-cache.ts'
import type { PassageService } from '#base/ports/passage-traces.ts'
import { claimOf, type Digests } from '#base/pure/passport/container.ts'
import type { PassportContent } from '#base/pure/passport/tables.ts'
import type {
  BuiltPassport,
  KeptPassport,
  PassportService,
} from '#devices/ports/passport-service.ts'
import type { ReplaySums, TariffService } from '#money/ports/tariff-service.ts'
import type {
  CopyService,
  HolderService,
  PhotoCopyService,
  PlaceService,
} from '#ledger/ports/copy-service.ts'
import type { SupportService } from '../ports/support.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import type { UpkeepService } from '#ledger/ports/upkeep-service.ts'
import { tryCopy, tryServer } from '#ledger/copies/copy-server.ts'
import { copyAsHolder, holdPlace } from '#ledger/copies/holder.ts'
import { bringPhotos } from '#ledger/copies/photo-bring.ts'
import { checkPhotos, dropPhotos, sendPhotos } from '#ledger/copies/photo-send.ts'
import { clientCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { PhotoWeights } from '#ledger/files/photo-weights.ts'
import {
  clearPhotoDay,
  dropBackup,
  forgetPhotoDay,
  upkeepFacts,
} from '#ledger/files/upkeep-files.ts'
import { keepPassportIn, lastPassportIn, readPassportFile } from '#devices/files/passport-shelf.ts'
import { serveCalls, WorkerCalls } from '#base/worker/worker-calls.ts'
import { backupNightly } from '#ledger/sqlite/backup.ts'
import { keeping } from '#ledger/files/fold-keeping.ts'
import { readPassage } from '#ledger/files/passage-file.ts'
import { openLedgerReader, verifyLedger, type OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { ledgerSheet } from '#ledger/sqlite/sheet.ts'
import { damageOf } from '#ledger/sqlite/whole-check.ts'
import { passportDatabase, readPassportDatabase } from '#devices/files/passport-database.ts'

export interface LedgerReaderOptions {
  readonly dir: string
  readonly nodeId: string
  readonly chainKey: Uint8Array
  /** Folder of the certificate that checkpoints are checked against; null without one. */
  readonly certDir?: string | null
}

export interface ReaderWorkerData extends LedgerReaderOptions {
  readonly kind: 'reader'
}

/** Rows that one query reads for a sheet. */
const sheetPageRows = 1_000

/** Calls to the worker: the services of the ledger, the whole check, and the fold for the next start. */
interface ReaderCalls
  extends
    Omit<LedgerService, 'close'>,
    Omit<UpkeepService, 'facts'>,
    CopyService,
    FeedRows,
    HolderService,
    PhotoCopyService,
    PlaceService,
    PassageService,
    PassportService,
    SupportService,
    TariffService {
  /** Sums under another tariff; reports the number of rows read meanwhile. */
  tariffReplay(tariff: Tariff, window: ReplayWindow): Promise<ReplaySums>
  /** SQLite's finding about the ledger as a whole, or null; other calls wait meanwhile. */
  damage(): Promise<string | null>
  /** Brings fold.cache up to the ledger, for starts of this program version. */
  keepFold(program: string): Promise<KeptFold>
}

/** The worker's side: one connection, one request after another; others run while a copy is made. */
export function serveReader(place: LedgerReaderOptions): void {
  const crypto = openGmCrypto()
  const clientKeys = () => clientCertificates(place.certDir ?? null, crypto)
  const options = { ...place, crypto, clientKeys, indexFile: join(place.dir, 'index.db') }
  let reader: OpenedReader | null = null
  const opened = (): OpenedReader => (reader ??= openLedgerReader(options))
  const notify = serveCalls<ReaderCalls>({
    tariffPrices: (tariff, stays) =>
      stays.map(({ fromMs, toMs, vehicle }) => price(tariff, fromMs, toMs, vehicle)),
    tariffCurve: (tariff, range) => curveOf(tariff, range),
    tariffReplay: (tariff, window) =>
      replaySums(
        counted(opened().rows(), (rows) => notify(rows, false)),
        tariff,
        window,
      ),
    query: (kind, filter) => opened().query(kind, filter),
    sums: (filter) => opened().sums(filter),
    sheet(kind, filter, plan) {
      const page = { ...filter, limit: sheetPageRows }
      return ledgerSheet(plan, (after) =>
        opened().query(kind, after === undefined ? page : { ...page, after }),
      )
    },
    timeline: (stayId) => opened().timeline(stayId),
    passage: (stayId, days) => readPassage(place.dir, stayId, days),
    verify: () => verifyLedger(options),
    damage: () => damageOf(place.dir),
    day: (sinceMs) => opened().day(sinceMs),
    hoursOfDay: (startMs) => opened().hoursOfDay(startMs),
    letGoRows: (fromMs, toMs) => opened().letGoRows(fromMs, toMs),
    exitsWithoutEntry: (sinceMs) => opened().exitsWithoutEntry(sinceMs),
    refundsByHand: () => opened().refundsByHand(),
    saleRows: (ref) => opened().saleRows(ref),
    invoiceRows: (invoiceNo) => opened().invoiceRows(invoiceNo),
    newsRows: (asked) => newsRows(opened().rows(asked.after), asked),
    dayTally: (sinceMs) => opened().dayTally(sinceMs),
    reportPart: (request) => opened().reportPart(request),
    etcOfDay: (startMs) => opened().etcOfDay(startMs),
    async supportParts(ask) {
      const { supportPartsOf } = await import('./support-parts.ts')
      return supportPartsOf(opened(), place.dir, ask)
    },
    ...feedCalls(place, opened, crypto),
    keepFold(program) {
      const { checkedRows } = opened()
      const fold = { ...options, program }
      return inSlices(keeping({ place: fold, rowsAfter: checkedRows, sync: true }))
    },
    backup: (atMs) => backupNightly(options, atMs),
    copyOut: (plan, atIso) => copyAsHolder(options, plan, atIso),
    holdPlace: (plan, nowIso) => holdPlace(place.dir, plan, nowIso),
    copyTest: (plan) => tryCopy(options, plan),
    sendPhotos: (plan, sliceMs) => sendPhotos(place.dir, plan, sliceMs),
    checkPhotos: (plan, sliceMs) => checkPhotos(place.dir, plan, sliceMs),
    dropPhotos: (plan, day) => dropPhotos(place.dir, plan, day),
    bringPhotos: (sliceMs) => bringPhotos(place.dir, sliceMs),
    tryServer: (wish) => tryServer(place.dir, wish),
    clearPhotos: (day, begun) => clearPhotoDay(place.dir, day, begun),
    forgetPhotos: (day) => forgetPhotoDay(place.dir, day),
    dropBackup: (file) => dropBackup(place.dir, file),
    buildPassport: (content) => builtPassport(content, digestsOf(crypto)),
    keepPassport: (laneId, stamp, bytes) => keepPassportIn(place.dir, laneId, stamp, bytes),
    lastPassport: (laneId) => lastPassport(place.dir, laneId),
    readPassport: (database) => readPassportDatabase(database),
  })
}

/** Loaded by lots with a centre alone. */
const feedCalls = (
  { dir, nodeId }: LedgerReaderOptions,
  opened: () => OpenedReader,
  { sm3 }: Pick<Crypto, 'sm3'>,
): FeedRows => ({
  async feedBatch(from, rowsMax) {
    const { feedBatch } = await import('#ledger/sqlite/feed-batch.ts')
    return feedBatch(opened().storedAfter, from, rowsMax, sm3)
  },
  async feedDigest(toSeq, from) {
    const { feedDigest } = await import('#ledger/sqlite/feed-batch.ts')
    return inSlices(feedDigest(opened().storedAfter, toSeq, from, sm3))
  },
  async feedKeep(url, mark) {
    const { keepMark } = await import('#ledger/centre/feed-file.ts')
    keepMark(dir, nodeId, url, mark)
  },
})

/** A long reading reports its progress after this many rows. */
const saidEveryRows = 2_000

function* counted(rows: Iterable<LedgerRow>, say: (count: number) => void): Generator<LedgerRow> {
  let count = 0
  for (const row of rows) {
    if (++count % saidEveryRows === 0) say(count)
    yield row
  }
}

function replaySums(rows: Iterable<LedgerRow>, tariff: Tariff, window: ReplayWindow): ReplaySums {
  const whoPays = new WhoPaysMore()
  const { up, down, stays, before, after } = replayTariff(rows, tariff, window, (stay) =>
    whoPays.add(stay),
  )
  const sumOf = (list: typeof up): number => list.reduce((sum, { fen }) => sum + fen, 0)
  const counts = { upCount: up.length, upFen: sumOf(up) }
  const less = { downCount: down.length, downFen: sumOf(down) }
  return { stays, before, after, ...counts, ...less, ...whoPays.answer }
}

function builtPassport(content: PassportContent, digests: Digests): BuiltPassport {
  const database = passportDatabase(content)
  return { database, claim: claimOf(database, content, digests) }
}

function lastPassport(dir: string, laneId: string): KeptPassport | null {
  const file = lastPassportIn(dir, laneId)
  return file === null ? null : { file, bytes: readPassportFile(file) }
}

/** Other calls are answered between two slices, so that nobody waits for a long fold. */
async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    await setImmediate()
  }
}

/** The main thread's side. */
export class ReaderWorker
  extends WorkerCalls<ReaderCalls>
  implements
    LedgerService,
    UpkeepService,
    CopyService,
    FeedRows,
    PhotoCopyService,
    PlaceService,
    PassageService,
    PassportService,
    SupportService,
    TariffService
{
  private readonly place: LedgerReaderOptions
  private weights: PhotoWeights | null = null
  private readonly rows: (count: number) => void

  /** `rows`: number of rows a replay has read so far. */
  constructor(
    entry: string,
    place: LedgerReaderOptions,
    rows: (count: number) => void = () => undefined,
  ) {
    super(entry, { kind: 'reader', ...place } satisfies ReaderWorkerData)
    this.place = place
    this.rows = rows
  }

  protected override notified(value: unknown): void {
    if (typeof value === 'number') this.rows(value)
  }

  tariffPrices = this.call('tariffPrices')
  tariffCurve = this.call('tariffCurve')
  tariffReplay = this.call('tariffReplay')

  query = this.call('query')
  sums = this.call('sums')
  sheet = this.call('sheet')
  timeline = this.call('timeline')
  passage = this.call('passage')
  verify = this.call('verify')
  damage = this.call('damage')
  day = this.call('day')
  hoursOfDay = this.call('hoursOfDay')
  letGoRows = this.call('letGoRows')
  exitsWithoutEntry = this.call('exitsWithoutEntry')
  refundsByHand = this.call('refundsByHand')
  saleRows = this.call('saleRows')
  invoiceRows = this.call('invoiceRows')
  newsRows = this.call('newsRows')
  dayTally = this.call('dayTally')
  reportPart = this.call('reportPart')
  etcOfDay = this.call('etcOfDay')
  supportParts = this.call('supportParts')
  feedBatch = this.call('feedBatch')
  feedDigest = this.call('feedDigest')
  feedKeep = this.call('feedKeep')
  backup = this.call('backup')
  copyOut = this.call('copyOut')
  holdPlace = this.call('holdPlace')
  copyTest = this.call('copyTest')
  sendPhotos = this.call('sendPhotos')
  checkPhotos = this.call('checkPhotos')
  dropPhotos = this.call('dropPhotos')
  bringPhotos = this.call('bringPhotos')
  tryServer = this.call('tryServer')
  clearPhotos = this.call('clearPhotos')
  forgetPhotos = this.call('forgetPhotos')
  dropBackup = this.call('dropBackup')
  buildPassport = this.call('buildPassport')
  keepPassport = this.call('keepPassport')
  lastPassport = this.call('lastPassport')
  readPassport = this.call('readPassport')

  /** Three folder reads that need no worker. */
  facts(weighs: boolean): Promise<UpkeepFacts> {
    if (weighs) this.weights ??= new PhotoWeights(this.place.dir)
    return upkeepFacts(this.place.dir, this.weights)
  }

  /** Never rejects: without the cache the next start is only slower. */
  async keepFold(program: string): Promise<KeptFold> {
    try {
      return await this.call('keepFold')(program)
    } catch (error) {
      const why =
        error instanceof LaneFault ? whyIn(error.detail.note ?? error.code) : String(error)
      return { ok: false, why }
    }
  }
}
