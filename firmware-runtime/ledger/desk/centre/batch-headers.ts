// The headers of a batch with its signature (docs/centre.md, "Rows").
import type { FeedBatch } from '../../pure/centre/follower.ts'
import { batchText, feedHeaders, lowerHex } from '../../pure/centre/row-feed.ts'
import type { SigningKey } from '#base/ports/crypto.ts'

interface Sender {
  readonly lotId: string
  readonly nodeId: string
  readonly signer: SigningKey
}

export function batchHeaders(
  { from, to }: Pick<FeedBatch, 'from' | 'to'>,
  { lotId, nodeId, signer }: Sender,
): Record<string, string> {
  const span = { fromSeq: from.seq + 1, toSeq: to.seq }
  const head = { lotId, nodeId, ...span, prev: from.digest, head: to.digest }
  const signature = signer.sign(new TextEncoder().encode(batchText(head)))
  return {
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
    [feedHeaders.lotId]: lotId,
    [feedHeaders.nodeId]: nodeId,
    [feedHeaders.fromSeq]: String(span.fromSeq),
    [feedHeaders.toSeq]: String(span.toSeq),
    [feedHeaders.prev]: head.prev,
    [feedHeaders.head]: head.head,
    [feedHeaders.serial]: signer.certSerial,
    [feedHeaders.signature]: lowerHex(signature),
  }
}
