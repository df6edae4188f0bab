// Durable row commit of the ledger, head slots included, against a bare write and fdatasync of the
// same bytes on the same disk. In commits a second.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { headFlushMs } from '#ledger/sqlite/ledger-writer.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { perSecond, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { bareFile, inFolder } from '../kit/place.ts'

const roundMs = 300
const roundCount = roundsOf(15)

/** An intent, the row that a waiting car waits for. */
const intentOf = (n: number): RowDraft => ({
  kind: 'intent',
  atMs: instantOf(2026, 11, 20, n),
  laneId: 'exit',
  stayId: `n1-S${n}`,
  orderId: `n1-O${n}`,
  deductionId: `n1-D${n}`,
  amountFen: 500,
  body: {
    chargeMode: 'card',
    cardNo: '45011200000000012345',
    obuId: '02001234',
    plate: '测A12345',
    colour: 'blue',
    outTradeNo: `N1X01${String(n).padStart(8, '0')}`,
  },
})

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const home = join(dir, 'ledger')
  mkdirSync(home)
  const opened = openLedger({
    dir: home,
    nodeId: 'n1',
    chainKey: new Uint8Array(32).fill(7),
    crypto: openGmCrypto(),
    durability: 'full',
    version: 'bench',
  })
  const bare = bareFile(dir)
  const bytes = new TextEncoder().encode(JSON.stringify(intentOf(1)))
  let rows = 0
  let flushedMs = Date.now()
  const commit = (): number => {
    opened.ledger.append([intentOf(++rows)])
    // Like the composition root between cars; every 32 rows the writer does it by itself.
    if (Date.now() - flushedMs < headFlushMs / 2) return 1
    opened.headWriter.flush()
    flushedMs = Date.now()
    return 1
  }
  try {
    const pairs = await rounds(
      roundCount,
      () => perSecond(roundMs, commit),
      () =>
        perSecond(roundMs, () => {
          bare.commit(bytes)
          return 1
        }),
    )
    const peerName = 'bare write + fdatasync of the same row'
    const text = { metric: 'durable row commit', unit: '1/s', peerName, better: 'higher' } as const
    return [resultOf(text, pairs)]
  } finally {
    bare.close()
    opened.ledger.close()
  }
}

export const commitRow: BenchRow = { run: () => inFolder(measure) }
