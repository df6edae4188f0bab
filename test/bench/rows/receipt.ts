// Checking a doubted receipt: its code is read and verified with the key in a lot's file, on a day with
// 2,000 receipts; beside verifying its head's signature alone, and beside the promised time.
import {
  receiptJudge,
  receiptKeyFile,
  receiptKeyOf,
  sha256,
} from '#money/desk/receipt/receipt-key.ts'
import { judgeReceipt } from '#money/receipts/receipt-judge.ts'
import { leafOf } from '#money/receipts/receipt-leaf.ts'
import { headText, qrTextOf } from '#money/receipts/receipt-proof.ts'
import { GrowingTree } from '#money/receipts/receipt-tree.ts'
import { must } from '#base/pure/values/must.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { median, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { inFolder } from '../kit/place.ts'

const roundCount = roundsOf(9)
const checksEach = 20
const receiptsOfDay = 2_000
/** Line 9: read and verified within this time, in ms. */
const promisedMs = 50

/** The text of a receipt from the middle of a day, and the signed part of it. */
function oneReceipt(dir: string) {
  const key = receiptKeyOf(dir)
  const leaves = Array.from({ length: receiptsOfDay }, (_, n) =>
    leafOf({
      lotId: 'BENCH-LOT',
      stayId: `s${n}`,
      plate: '测AD00001',
      enteredAtMs: 1_772_410_000_000,
      leftAtMs: 1_772_420_000_000,
      amountFen: 900,
      means: 'cash',
      salt: new Uint8Array(16).fill(n % 256),
    }),
  )
  const tree = new GrowingTree(sha256)
  for (const leaf of leaves) tree.add(leaf)
  const head = { day: 20_260_302, atSec: 1_772_420_001, size: receiptsOfDay, root: tree.root() }
  const signed = new TextEncoder().encode(headText(head))
  const index = receiptsOfDay / 2
  const leaf = leaves[index] ?? new Uint8Array()
  const signature = key.sign(signed)
  const parts = { leaf, index, path: tree.path(index), head, keyId: key.keyId, signature }
  return { text: qrTextOf(parts), signed, signature }
}

function oneOf(act: () => void): number {
  const times = Array.from({ length: checksEach }, () => {
    const startNs = process.hrtime.bigint()
    act()
    return Number(process.hrtime.bigint() - startNs) / 1e6
  })
  return median(times)
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  mkdirSync(join(dir, 'keys'))
  const { text, signed, signature } = oneReceipt(dir)
  const file = receiptKeyFile(dir)
  const judge = receiptJudge(file)
  const held = (parts: typeof judge): void =>
    must(judgeReceipt(sha256, parts, text).ok, 'the receipt holds')
  const first = await rounds(
    roundCount,
    () => oneOf(() => held(receiptJudge(file))),
    () => promisedMs,
  )
  const next = await rounds(
    roundCount,
    () => oneOf(() => held(judge)),
    () => oneOf(() => must(judge.verify(signed, signature), 'its signature holds')),
  )
  const check = { unit: 'ms', better: 'lower' } as const
  const [peerName, metric] = ['the signature of its head alone', 'check of a receipt']
  return [
    resultOf({ ...check, metric, peerName }, next),
    resultOf({ ...check, metric: `${metric}, its key read first`, peerName: 'the promise' }, first),
  ]
}

export const receiptRow: BenchRow = { run: () => inFolder(measure) }
