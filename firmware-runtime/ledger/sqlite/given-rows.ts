// Writes rows that a centre gave back into the ledger they came from, once they are proven: by a checkpoint, whose hash only
// the chain key gives, or, behind the last one, by the lot's own signature of their batch (docs/centre.md).
import { checkpointHolds, type CheckpointRow } from '../pure/lot/checkpoint.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isFen } from '#base/pure/values/fen.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import { must } from '#base/pure/values/must.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { VerifyingKey } from '#base/ports/crypto.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { OpenedReader } from './ledger-reader.ts'
import {
  bytesOfHash,
  canonicalRowText,
  chainBytes,
  lowerHexOf,
  storedOf,
  type ChainKey,
} from './row-text.ts'

interface Held {
  readonly seq: number
  readonly draft: RowDraft
  readonly text: string
  readonly hash: string
  readonly isSigned: boolean
}

/** So many rows at most wait for a checkpoint: a lot writes one each thousand rows, while no car is in a lane. */
const heldMax = 20_000

const rowNote = (seq: number): BilingualText => t(`第 ${seq} 条`, `row ${seq}`)
export const wrongRow = (seq: number): LaneFault =>
  new LaneFault('ROWS-12', { note: rowNote(seq), value: String(seq) })
const unproven = (seq: number): LaneFault =>
  new LaneFault('ROWS-13', { note: rowNote(seq), value: String(seq) })

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

function textOf(line: Uint8Array): string | null {
  try {
    return utf8.decode(line)
  } catch {
    return null
  }
}

const isStorable = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.isWellFormed() && !value.includes('\0'))

/** Null for a text that is not the canonical one of this row. */
function draftOf(text: string, nodeId: string, seq: number): RowDraft | null {
  const row = parsed(text)
  if (!isObject(row)) return null
  const { nodeId: node, seq: at, ...draft } = row
  const { kind, atMs, body, laneId, stayId, orderId, deductionId, amountFen } = draft
  const isRow =
    node === nodeId &&
    at === seq &&
    typeof kind === 'string' &&
    Number.isSafeInteger(atMs) &&
    isObject(body) &&
    [laneId, stayId, orderId, deductionId].every(isStorable) &&
    (amountFen === undefined || isFen(amountFen as number))
  if (!isRow) return null
  const own = draft as unknown as RowDraft
  return canonicalRowText(storedOf(own, nodeId, seq)) === text ? own : null
}

interface GivenParts {
  readonly ledger: Ledger
  /** Of the same ledger. */
  readonly reader: Pick<OpenedReader, 'storedAfter'>
  readonly key: ChainKey
  /** Of the lot's client certificates; undefined: that certificate is not at hand. */
  clientKey(serial: string): VerifyingKey | undefined
}

export class GivenRows {
  private readonly parts: GivenParts
  private held: readonly Held[] = []
  /** The last row that a checkpoint proves; 0: none of those given. */
  provenSeq = 0
  /** Rows written. */
  count = 0

  constructor(parts: GivenParts) {
    this.parts = parts
  }

  /** Takes the rows behind those before. Throws ROWS-12 for other rows, ROWS-13 for a checkpoint that they break. */
  take(lines: readonly Uint8Array[], isSigned: boolean): void {
    const { nodeId, head } = this.parts.ledger
    const held = [...this.held]
    let { seq, hash } = held.at(-1) ?? head
    for (const line of lines) {
      seq++
      const text = textOf(line)
      const draft = text === null ? null : draftOf(text, nodeId, seq)
      if (text === null || draft === null) throw wrongRow(seq)
      const stored = storedOf(draft, nodeId, seq)
      hash = lowerHexOf(chainBytes(this.parts.key, bytesOfHash(hash), stored))
      held.push({ seq, draft, text, hash, isSigned })
    }
    this.held = held
    for (const { draft, seq: at } of held.slice(held.length - lines.length))
      if (draft.kind === 'checkpoint') this.check({ nodeId, seq: at, body: draft.body })
    if (this.held.length > heldMax) this.end()
  }

  /** Writes the rows that their signatures prove. Throws ROWS-13 for the first that nothing proves. */
  end(): void {
    const first = this.held.find(({ isSigned }) => !isSigned)
    this.write(first === undefined ? Infinity : first.seq - 1)
    if (first !== undefined) throw unproven(first.seq)
  }

  private check(checkpoint: Pick<CheckpointRow, 'nodeId' | 'seq' | 'body'>): void {
    const { headSeq, certSerial } = checkpoint.body
    const key = this.parts.clientKey(certSerial)
    const holds = checkpointHolds(checkpoint, {
      hashAt: (seq) => this.hashAt(seq),
      rowsSm3: (fromSeq, toSeq) => this.rowsSm3(fromSeq, toSeq),
      verify: (text, signature) => key?.verify(encoder.encode(text), signature) ?? true,
    })
    if (!holds) throw unproven(checkpoint.seq)
    if (headSeq <= this.parts.ledger.head.seq) return
    this.provenSeq = headSeq
    this.write(headSeq)
  }

  private hashAt(seq: number): string | null {
    const own = this.held.find((row) => row.seq === seq)
    if (own !== undefined) return own.hash
    for (const row of this.parts.reader.storedAfter(seq - 1))
      return row.seq === seq ? row.hash : null
    return null
  }

  private rowsSm3(fromSeq: number, toSeq: number): string {
    const texts: string[] = []
    for (const row of this.parts.reader.storedAfter(fromSeq)) {
      if (row.seq > toSeq) break
      texts.push(canonicalRowText(row))
    }
    for (const { seq, text } of this.held) if (seq > fromSeq && seq <= toSeq) texts.push(text)
    const bytes = encoder.encode(texts.map((text) => `${text}\n`).join(''))
    return lowerHexOf(this.parts.key.crypto.sm3(bytes))
  }

  /** Durable when it returns. */
  private write(toSeq: number): void {
    const rows = this.held.filter(({ seq }) => seq <= toSeq)
    const written = this.parts.ledger.append(rows.map(({ draft }) => draft))
    must(written.at(-1)?.hash === rows.at(-1)?.hash, 'the hash is that of the checked row')
    this.count += rows.length
    this.held = this.held.slice(rows.length)
  }
}
