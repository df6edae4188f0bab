// The feed of a lot of the demo to its centre: that of the product, but it reads the rows in this thread, because ten
// reading workers would need more memory than the ten lots.
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { keepMark } from '#ledger/centre/feed-file.ts'
import { feedBatch, feedDigest } from '#ledger/sqlite/feed-batch.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import { openCentreFeed } from '#runtime/site/centre.ts'
import { townBeats } from './town-beats.ts'
import { townKeys, type TownLot } from './town-lot.ts'

/** The last value of a reading in slices, with other work between them. */
async function inSlices<T>(slices: Generator<undefined, T>): Promise<T> {
  for (let next = slices.next(); ; next = slices.next()) {
    if (next.done === true) return next.value
    await new Promise(setImmediate)
  }
}

interface TownFeedOptions {
  /** Of the door. */
  readonly url: string
  tell(fault: LaneFault): void
  failed(error: unknown): void
}

export function openTownFeed(lot: TownLot, { url, tell, failed }: TownFeedOptions) {
  const { dir } = lot
  const { config } = lot.lot.options
  const { nodeId } = config
  const { sm3 } = townKeys.crypto
  const reader = openLedgerReader({ ...townKeys, dir })
  const rows: FeedRows = {
    feedBatch: async (from, rowsMax) => feedBatch(reader.storedAfter, from, rowsMax, sm3),
    feedDigest: (toSeq, from) => inSlices(feedDigest(reader.storedAfter, toSeq, from, sm3)),
    feedKeep: async (url, mark) => keepMark(dir, nodeId, url, mark),
  }
  const clocks = { mono: systemMonoClock(), clock: systemWallClock() }
  const beats = townBeats(lot, reader)
  const { lotId, name } = config
  const named = { lotId, nodeId, name, centre: { url } }
  const feed = openCentreFeed({ dir, config: named, lot, rows, beats, ...clocks, tell, failed })
  return {
    view: () => feed.view(),
    async close() {
      await feed.close()
      reader.close()
    },
  }
}
