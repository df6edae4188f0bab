// Reads a stopped lot from its folder: the control API over its rows and files, read-only.
// No lock is taken and nothing is written: the ledger is opened read-only, and appending throws RUN-02.
import type { RestingSource } from '#base/commands/command.ts'
import { byLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { noDrawer } from '#base/desk/handlers/day-drawer.ts'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { readPassage } from '#ledger/files/passage-file.ts'
import { readPhoto } from '#ledger/files/photos.ts'
import {
  openLedgerReader,
  verifyLedger,
  type OpenedReader,
  type ReaderOptions,
} from '#ledger/sqlite/ledger-reader.ts'
import { ledgerSheet } from '#ledger/sqlite/sheet.ts'
import { supportPartsOf } from '#lane/sqlite/support-parts.ts'
import { isApiName, whyNotAtRest } from '../api/check.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { deviceOff } from '#base/desk/handlers/board.ts'
import { Control } from '../control/control.ts'
import { pricesHere } from '#money/desk/handlers/control-tariff.ts'
import { FrameLog } from '#devices/desk/hosts/frame-log.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { TariffReplays } from '#money/tariff/tariff-replays.ts'
import { DayBills } from '#lane/money/day-bills.ts'
import { Receipts } from '#lane/money/receipts.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { noStatusList } from '#ledger/pure/etc/status-list.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { newsRows } from '#ledger/pure/lot/news-rows.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { dialectAt, dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { joinedDestinations } from '#ledger/pure/lot/destinations.ts'
import type { BusinessClock } from '#base/ports/clocks.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { PlatformBills } from '#ledger/ports/platform-bill.ts'
import { keptFold } from '#lane/folder/kept-fold.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { lotHistory } from '#lane/desk/folder/lot-versions.ts'
import { peopleFolder } from '#lane/folder/people-folder.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { TariffStore } from '#lane/desk/folder/tariff-store.ts'
import { supportOfFolder } from './support-at-rest.ts'
import { thisProgram } from '#base/desk/process/program-facts.ts'
import { version } from '#base/process/version.ts'
import { keptReceiptKey, sha256 } from '#money/desk/receipt/receipt-key.ts'

const sheetPageRows = 1_000

/** The times that an answer rests on, ms since the epoch. */
interface RestingParts {
  readonly dir: string
  readonly config: LotConfig
  readonly tariff: Tariff
  readonly options: ReaderOptions
  readonly reader: OpenedReader
  readonly business: BusinessClock
}

/** Throws RUN-02: a stopped lot refuses this. */
function never(): never {
  throw new LaneFault('RUN-02', { note: t('只读', 'it is read only') })
}

const neverLater = (): Promise<never> => Promise.reject(new LaneFault('RUN-02'))

function readOnlyLedger({ reader, options }: RestingParts): Ledger {
  return {
    nodeId: options.nodeId,
    get head() {
      return reader.head()
    },
    append: never,
    rows: (afterSeq) => reader.rows(afterSeq),
    rowsSm3: never,
    close: () => reader.close(),
  }
}

function serviceOf({ reader, options }: RestingParts): LedgerService {
  const later = async <T>(read: () => T): Promise<T> => await Promise.resolve().then(read)
  return {
    query: (kind, filter) => later(() => reader.query(kind, filter)),
    sums: (filter) => later(() => reader.sums(filter)),
    sheet(kind, filter, plan) {
      const page = { ...filter, limit: sheetPageRows }
      return ledgerSheet(plan, (after) =>
        reader.query(kind, after === undefined ? page : { ...page, after }),
      )
    },
    timeline: (stayId) => later(() => reader.timeline(stayId)),
    saleRows: (ref) => later(() => reader.saleRows(ref)),
    invoiceRows: (invoiceNo) => later(() => reader.invoiceRows(invoiceNo)),
    newsRows: (asked) => later(() => newsRows(reader.rows(asked.after), asked)),
    verify: () => later(() => verifyLedger(options)),
    day: (sinceMs) => later(() => reader.day(sinceMs)),
    hoursOfDay: (startMs) => later(() => reader.hoursOfDay(startMs)),
    letGoRows: (fromMs, toMs) => later(() => reader.letGoRows(fromMs, toMs)),
    exitsWithoutEntry: (sinceMs) => later(() => reader.exitsWithoutEntry(sinceMs)),
    refundsByHand: () => later(() => reader.refundsByHand()),
    dayTally: (sinceMs) => later(() => reader.dayTally(sinceMs)),
    reportPart: (request) => later(() => reader.reportPart(request)),
    etcOfDay: (startMs) => later(() => reader.etcOfDay(startMs)),
    close: () => Promise.resolve(),
  }
}

/** The state after all rows; it is never started, so it sends, times and writes nothing. */
function runtimeOf(parts: RestingParts): LotRuntime {
  const { config, tariff, business } = parts
  return new LotRuntime(
    {
      config,
      dialect: dialectOf(config),
      dialectAt: (to) => dialectAt(config, to),
      tariff,
      ledger: readOnlyLedger(parts),
      crypto: openGmCrypto(),
      business,
      mono: systemMonoClock(),
      uploader: null,
      devicesOf: () => ({ rsu: null, barrier: null, display: null }),
      fatal: (fault) => {
        throw fault
      },
      idle: () => undefined,
      statusList: noStatusList,
      version,
      repair: '',
      times: standardTimes,
    },
    keptFold(parts.options),
  )
}

const billsNever = ({ bill, splitBill }: Dialect): PlatformBills | null =>
  bill === null ? null : { bill: never, split: splitBill === null ? null : never }

/** Shows which destinations have a bill; fetching one throws RUN-02. */
function billsOf({ config }: RestingParts, runtime: LotRuntime, service: LedgerService): DayBills {
  return new DayBills({
    runtime: {
      payments: config.gateway === undefined ? null : { bill: neverLater },
      nowMs: () => runtime.nowMs(),
    },
    service,
    bills: new Map(
      joinedDestinations(config).map(({ id }) => [id, billsNever(dialectAt(config, id))]),
    ),
  })
}

function receiptsOf({ dir, config }: RestingParts, runtime: LotRuntime, service: LedgerService) {
  const receipts = new Receipts({
    lotId: config.lotId,
    service,
    sha256,
    random: systemRandom(),
    key: () => keptReceiptKey(dir),
    nowMs: () => runtime.nowMs(),
    append: never,
  })
  return {
    receipts,
    get paper() {
      return never()
    },
    drawer: () => noDrawer,
  }
}

/** Parts of the control API that concern the lot: tariff, files and versions. */
function lotParts({ dir, config, tariff, business, reader }: RestingParts) {
  const store = new TariffStore({ dir, config, tariff, business })
  return {
    tariff: {
      service: pricesHere,
      replays: new TariffReplays(never, () => reader.head().seq),
      areas: [...new Set(config.lanes.flatMap(({ area }) => area ?? []))],
      current: () => tariff,
      nowMs: () => business.nowMs(),
      versions: () => store.versions(),
      prepare: never,
    },
    lot: {
      history: lotHistory(dir, () => ({ config, tariff })),
      handover: neverLater,
      spacesOf: neverLater,
      leaving: neverLater,
    },
  }
}

function controlOf(parts: RestingParts): Control {
  const { dir, config, reader } = parts
  const runtime = runtimeOf(parts)
  const service = serviceOf(parts)
  return new Control({
    config,
    runtime,
    mono: systemMonoClock(),
    service,
    frames: new FrameLog(),
    traces: { passage: (stayId, days) => readPassage(dir, stayId, days) },
    seenOf: () => ({ devices: byLaneKind(() => deviceOff), display: null }),
    platformSeen: () => null,
    clockOffsetMs: () => null,
    machineNtp: () => null,
    clockKept: () => null,
    head: () => reader.head(),
    photo: (photoId) => readPhoto(dir, photoId),
    people: { ...peopleFolder(dir), random: systemRandom(), sessions: [] },
    receipts: receiptsOf(parts, runtime, service),
    dayBills: billsOf(parts, runtime, service),
    ...lotParts(parts),
    support: supportOfFolder(dir, (ask) => supportPartsOf(reader, dir, ask)),
    upkeep: () => null,
    repair: '',
    ...thisProgram,
    demo: null,
    device: () => null,
    fatal: (fault) => {
      throw fault
    },
  })
}

const newestOf = (reader: OpenedReader): InstantMs | null => {
  for (const row of reader.rows(Math.max(0, reader.head().seq - 1))) return row.atMs
  return null
}

/**
 * Answers one API call from the folder of a stopped lot, with the role of owner for anyone who can read the folder.
 * Throws RUN-02 with the reason for a call that only running lanes answer. `found` gets the times of the source.
 */
export async function lookAtRest(
  dir: string,
  name: string,
  args: unknown,
  {
    business = systemWallClock(),
    found,
  }: { readonly business?: BusinessClock; found?(source: RestingSource): void } = {},
): Promise<ApiReply<unknown>> {
  const note = isApiName(name) ? whyNotAtRest(name) : null
  if (note !== null) throw new LaneFault('RUN-02', { file: dir, value: name, note })
  const { config, tariff } = loadLot(dir)
  const options = readerOptions(dir)
  using reader = openLedgerReader(options)
  const control = controlOf({ dir, config, tariff, options, reader, business })
  try {
    const reply = await control.call(name, args, 'owner')
    found?.({ newestMs: newestOf(reader), nowMs: business.nowMs() })
    return reply
  } finally {
    control.close()
  }
}
