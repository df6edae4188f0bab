// Unsent records as JSON Lines, for a lasting loss of the connection: written here, carried by hand. Reading a file
// back only checks and reports; the platform's side sends the records.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import type { OutboxRecord } from '#ledger/pure/queue/records.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { Crypto } from '#base/ports/crypto.ts'

const transferFormat = 'etc-lane-queue'
const transferVersion = 1

export interface TransferSource {
  readonly nodeId: string
  readonly lotId: string
  /** Unsent records with the body that every retry sends. */
  readonly records: readonly (OutboxRecord & { readonly body: string; readonly bodySm3: string })[]
}

/** Sums of unsent records by the direction of the money; exceptions move no money. */
interface TransferSums {
  /** Charges and uploads of debits: due to the lot. */
  readonly amountFen: number
  /** To be refunded. */
  readonly refundFen: number
  readonly exceptions: number
}

/** An exception names the amount of its order, which another record or other means pays. */
const moneyFen = ({ op, amountFen }: { readonly op: string; readonly amountFen: number }): number =>
  op === 'exception' ? 0 : amountFen

export function transferSums(
  records: readonly { readonly op: string; readonly amountFen: number }[],
): TransferSums {
  let [amountFen, refundFen, exceptions] = [0, 0, 0]
  for (const record of records)
    if (record.op === 'exception') exceptions++
    else if (record.op === 'refund') refundFen += moneyFen(record)
    else amountFen += moneyFen(record)
  return { amountFen, refundFen, exceptions }
}

export function* transferLines(source: TransferSource, atMs: number): Generator<string> {
  const { nodeId, lotId, records } = source
  const head = {
    format: transferFormat,
    version: transferVersion,
    nodeId,
    lotId,
    atIso: isoOf(atMs),
  }
  yield JSON.stringify({ ...head, records: records.length, ...transferSums(records) })
  for (const r of records)
    yield JSON.stringify({
      outboxId: r.outboxId,
      seq: r.seq,
      op: r.op,
      businessNo: r.businessNo,
      destination: r.destination,
      amountFen: moneyFen(r),
      atIso: isoOf(r.atMs),
      bodySm3: r.bodySm3,
      body: r.body,
    })
}

/** `reason` is the English text of `why`. */
interface TransferFault {
  readonly line: number
  readonly reason: string
  readonly why: BilingualText
}

interface TransferReport extends TransferSums {
  readonly ok: boolean
  readonly nodeId: string
  readonly records: number
  readonly byKind: Readonly<Record<string, number>>
  readonly faults: readonly TransferFault[]
}

interface Line {
  readonly outboxId: string
  readonly op: string
  readonly amountFen: number
  readonly body: string
  readonly bodySm3: string
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  const value = parsed(text)
  return isObject(value) ? value : null
}

function lineOf(text: string): Line | null {
  const { outboxId, op, amountFen, body, bodySm3 } = objectIn(text) ?? {}
  const texts = [outboxId, op, body, bodySm3].every((part) => typeof part === 'string')
  if (!texts || !Number.isSafeInteger(amountFen)) return null
  return { outboxId, op, amountFen, body, bodySm3 } as Line
}

const says = {
  otherFile: () =>
    t(
      `不是 ${transferFormat} 第 ${transferVersion} 版的文件`,
      `not a ${transferFormat} file of version ${transferVersion}`,
    ),
  noRecord: () => t('不是一条记录', 'not a record'),
  announced: (name: string, value: string) =>
    t(`${name} 宣称为 ${value}`, `${name} is announced as ${value}`),
  twice: (id: string) => t(`${id} 写了两次`, `${id} appears twice`),
  changed: (id: string) => t(`${id} 的内容被改过`, `the body of ${id} was changed`),
}

/** Checks a transfer file line by line; the first line is number 1. */
export function readTransfer(text: string, crypto: Crypto): TransferReport {
  const [first = '', ...lines] = text.replace(/\n$/, '').split('\n')
  const head = objectIn(first) ?? {}
  const faults: TransferFault[] = []
  const wrong = (line: number, why: BilingualText): void => {
    faults.push({ line, reason: why.en, why })
  }
  if (head['format'] !== transferFormat || head['version'] !== transferVersion)
    wrong(1, says.otherFile())
  const byKind: Record<string, number> = {}
  const seen = new Set<string>()
  const records: Line[] = []
  for (const [i, lineText] of lines.entries()) {
    const found = lineOf(lineText)
    const why = found === null ? says.noRecord() : wrongWith(found, seen, crypto)
    if (found === null || why !== null) {
      wrong(i + 2, why ?? says.noRecord())
      continue
    }
    seen.add(found.outboxId)
    records.push(found)
    byKind[found.op] = (byKind[found.op] ?? 0) + 1
  }
  const sums = transferSums(records)
  // Files of older versions have no sums in their head.
  const announced = { records: records.length, ...('amountFen' in head ? sums : {}) }
  for (const [name, value] of Object.entries(announced))
    if (faults.length === 0 && head[name] !== value)
      wrong(1, says.announced(name, String(head[name])))
  const nodeId = typeof head['nodeId'] === 'string' ? head['nodeId'] : ''
  return { ok: faults.length === 0, nodeId, records: records.length, ...sums, byKind, faults }
}

function wrongWith(line: Line, seen: ReadonlySet<string>, crypto: Crypto): BilingualText | null {
  if (seen.has(line.outboxId)) return says.twice(line.outboxId)
  const sm3 = hexOf(crypto.sm3(new TextEncoder().encode(line.body))).toLowerCase()
  return sm3 === line.bodySm3 ? null : says.changed(line.outboxId)
}
