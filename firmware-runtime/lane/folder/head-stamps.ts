// The head of the chain of a folder under a time stamp: taken from a time-stamping service, and read again for a judge. A stamp
// is over the text below, so `openssl ts -verify` checks it without this program (docs/ledger-format.md).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { HeadStamp } from '#ledger/pure/past-facts.ts'
import { keepStamp, keptStamps } from '#ledger/files/head-stamps.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { hashAt, headOf } from '#ledger/sqlite/inspect.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { base64Of } from '#base/pure/data/base64.ts'
import { bytesOfAscii } from '#base/pure/data/bytes.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { stampedText } from '#base/pure/data/stamped-head.ts'
import { stampOver, tokenFor, type StampService } from '#ledger/http/time-token.ts'
import { loadLot } from './lot-file.ts'

/** The newest row of this computer. LEDGER-01 without a ledger; seq 0 without a row. */
export function headHere(dir: string) {
  const file = join(dir, 'ledger.db')
  if (!existsSync(file)) throw new LaneFault('LEDGER-01', { file })
  const { nodeId } = loadLot(dir).config
  using db = openReader(file)
  return { nodeId, ...headOf(db, nodeId) }
}

/** Stamps the newest row. LEDGER-01 without one, EVIDENCE-06, EVIDENCE-07, FILE-03 where it has a stamp. */
export async function stampHead(dir: string, service: StampService) {
  const head = headHere(dir)
  if (head.seq === 0) throw new LaneFault('LEDGER-01', { file: dir, field: head.nodeId })
  const text = stampedText(loadLot(dir).config.lotId, head)
  const { token, stamp } = await tokenFor(bytesOfAscii(text), service)
  const file = keepStamp(dir, head.nodeId, head.seq, token)
  return { ...head, text, file, atIso: isoOf(stamp.atMs), by: stamp.by }
}

/** Stamps of rows from `fromSeq` on; who made them is not checked. */
export async function stampsHere(dir: string, fromSeq: number): Promise<readonly HeadStamp[]> {
  const kept = keptStamps(dir).filter(({ seq }) => seq >= fromSeq)
  if (kept.length === 0) return []
  const { lotId } = loadLot(dir).config
  using db = openReader(join(dir, 'ledger.db'))
  const found: HeadStamp[] = []
  for (const { nodeId, seq, file, token } of kept) {
    const head = { nodeId, seq, hash: hashAt(db, nodeId, seq) }
    const bytes = token()
    const over = bytesOfAscii(stampedText(lotId, head))
    try {
      const { atMs, by } = await stampOver(bytes, over, null, { file })
      found.push({ ...head, token: base64Of(bytes), held: { atIso: isoOf(atMs), by } })
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      found.push({ ...head, token: base64Of(bytes), held: null })
    }
  }
  return found
}
