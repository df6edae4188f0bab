// Unsent records as JSON Lines, for the day when the line stays cut: written here, carried by hand.
// Reading back only checks and reports; who sends what was carried is the platform's side.
import type { OutboxRecord } from '../core/queue/queue.ts'
import { hexOf } from '../core/values/bytes.ts'
import { isoOf } from '../core/values/instant.ts'
import type { Crypto } from '../ports/crypto.ts'

export const courierFormat = 'etc-lane-queue'
export const courierVersion = 1

export interface CourierSource {
  readonly nodeId: string
  readonly lotId: string
  /** Unsent records with the bodies that every retry sends. */
  readonly records: readonly (OutboxRecord & { readonly body: string; readonly bodySm3: string })[]
}

/** What unsent records come to, by the direction in which money goes; exceptions carry none. */
export interface CourierSums {
  /** Charges and uploads of debits: what the lot is to get. */
  readonly amountFen: number
  /** What is to be given back. */
  readonly refundFen: number
  readonly exceptions: number
}

/** An exception names its order's amount, which another record or other means pays. */
const moneyFen = ({
  op,
  amountFen,
}: {
  readonly op: string
  readonly amountFen: number
}): number => (op === 'exception' ? 0 : amountFen)

export function courierSums(
  records: readonly { readonly op: string; readonly amountFen: number }[],
): CourierSums {
  let [amountFen, refundFen, exceptions] = [0, 0, 0]
  for (const record of records)
    if (record.op === 'exception') exceptions++
    else if (record.op === 'refund') refundFen += moneyFen(record)
    else amountFen += moneyFen(record)
  return { amountFen, refundFen, exceptions }
}

export function* courierLines(source: CourierSource, atMs: number): Generator<string> {
  const { nodeId, lotId, records } = source
  const head = { format: courierFormat, version: courierVersion, nodeId, lotId, atIso: isoOf(atMs) }
  yield JSON.stringify({ ...head, records: records.length, ...courierSums(records) })
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

export interface CourierReport extends CourierSums {
  readonly ok: boolean
  readonly nodeId: string
  readonly records: number
  readonly byKind: Readonly<Record<string, number>>
  readonly faults: readonly { readonly line: number; readonly reason: string }[]
}

interface Line {
  readonly outboxId: string
  readonly op: string
  readonly amountFen: number
  readonly body: string
  readonly bodySm3: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function lineOf(text: string): Line | null {
  const { outboxId, op, amountFen, body, bodySm3 } = parsed(text) ?? {}
  const texts = [outboxId, op, body, bodySm3].every((part) => typeof part === 'string')
  if (!texts || !Number.isSafeInteger(amountFen)) return null
  return { outboxId, op, amountFen, body, bodySm3 } as Line
}

/** Judges a courier file line by line; the first line is number 1. */
export function readCourier(text: string, crypto: Crypto): CourierReport {
  const [first = '', ...lines] = text.replace(/\n$/, '').split('\n')
  const head = parsed(first) ?? {}
  const faults: { line: number; reason: string }[] = []
  if (head['format'] !== courierFormat || head['version'] !== courierVersion)
    faults.push({ line: 1, reason: `not a ${courierFormat} file of version ${courierVersion}` })
  const byKind: Record<string, number> = {}
  const seen = new Set<string>()
  const records: Line[] = []
  for (const [i, lineText] of lines.entries()) {
    const found = lineOf(lineText)
    const wrong = found === null ? 'not a record' : wrongWith(found, seen, crypto)
    if (found === null || wrong !== null) {
      faults.push({ line: i + 2, reason: wrong ?? 'not a record' })
      continue
    }
    seen.add(found.outboxId)
    records.push(found)
    byKind[found.op] = (byKind[found.op] ?? 0) + 1
  }
  const sums = courierSums(records)
  // Files of before have no sums in their head.
  const announced = { records: records.length, ...('amountFen' in head ? sums : {}) }
  for (const [name, value] of Object.entries(announced))
    if (faults.length === 0 && head[name] !== value)
      faults.push({ line: 1, reason: `${name} is announced as ${String(head[name])}` })
  const nodeId = typeof head['nodeId'] === 'string' ? head['nodeId'] : ''
  return { ok: faults.length === 0, nodeId, records: records.length, ...sums, byKind, faults }
}

function wrongWith(line: Line, seen: ReadonlySet<string>, crypto: Crypto): string | null {
  if (seen.has(line.outboxId)) return `${line.outboxId} stands there twice`
  const sm3 = hexOf(crypto.sm3(new TextEncoder().encode(line.body))).toLowerCase()
  return sm3 === line.bodySm3 ? null : `the body of ${line.outboxId} was changed`
}
