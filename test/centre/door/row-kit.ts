// Rows and batches as a lot makes them (docs/centre.md).
import { gzipSync } from 'node:zlib'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import {
  batchText,
  digestAfter,
  feedHeaders,
  lowerHex,
  noRowsDigest,
  ownDigest,
  rowDigest,
} from '#ledger/pure/centre/row-feed.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { SigningKey } from '#base/ports/crypto.ts'

export const gm = openGmCrypto()

/** The canonical text of a row, as a lot writes it. */
export const rowText = (
  nodeId: string,
  seq: number,
  atMs = Date.now(),
  body: string = JSON.stringify({ n: seq }),
): string =>
  `{"atMs":${atMs},"body":${body},"kind":"plateRead","laneId":"X1","nodeId":"${nodeId}","seq":${seq}}`

export interface Batch {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly plain: Buffer
  readonly head: string
}

export interface BatchOrder {
  readonly lotId: string
  readonly nodeId?: string
  readonly fromSeq: number
  /** Lines without LF; one with `#` has the r of a row. */
  readonly lines: readonly string[]
  readonly prev?: string
  readonly signing: SigningKey
  /** Replaces headers, after the signature. */
  readonly headers?: Readonly<Record<string, string>>
  /** Claims another head, signed. */
  readonly head?: string
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const firstPrev = lowerHex(noRowsDigest)

export function headOf(lines: readonly string[], prev = firstPrev): string {
  let d = ownDigest(prev)
  for (const line of lines) {
    const r = line.startsWith('#') ? ownDigest(line.slice(1)) : rowDigest(utf8(line), gm.sm3)
    d = digestAfter(d, r, gm.sm3)
  }
  return lowerHex(d)
}

export function batchOf(order: BatchOrder): Batch {
  const { lotId, nodeId = 'n1', fromSeq, lines, prev = firstPrev, signing } = order
  const head = order.head ?? headOf(lines, prev)
  const toSeq = fromSeq + lines.length - 1
  const text = batchText({ lotId, nodeId, fromSeq, toSeq, prev, head })
  const headers = {
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
    [feedHeaders.lotId]: lotId,
    [feedHeaders.nodeId]: nodeId,
    [feedHeaders.fromSeq]: String(fromSeq),
    [feedHeaders.toSeq]: String(toSeq),
    [feedHeaders.prev]: prev,
    [feedHeaders.head]: head,
    [feedHeaders.serial]: signing.certSerial,
    [feedHeaders.signature]: hexOf(signing.sign(utf8(text))),
    ...order.headers,
  }
  const plain = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  return { headers, body: gzipSync(plain), plain, head }
}

/** r of a text, as 64 hex digits. */
export const digestOf = (text: string): string => lowerHex(rowDigest(utf8(text), gm.sm3))
