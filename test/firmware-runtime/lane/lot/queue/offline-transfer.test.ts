// The transfer file reads back as written, and any change to it is found and reported with its line.
// Bodies contain what people type: quotes, line breaks, Chinese.
import { expect, test } from 'vitest'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { transferLines, transferSums, readTransfer } from '#lane/lot/queue/offline-transfer.ts'
import { emptyQueue, foldOutbox } from '#ledger/pure/queue/queue.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'

const sm3 = (body: string): string =>
  hexOf(standInCrypto.sm3(new TextEncoder().encode(body))).toLowerCase()

function source() {
  const queue = emptyQueue(noRows)
  const bodies = ['{"a":1}', '{"b":"测\\nA"}', '{"c":1}', '{"d":1}']
  const ops = ['charge', 'exception', 'exitUpload', 'refund'] as const
  bodies.forEach((body, i) =>
    foldOutbox(
      queue,
      {
        kind: 'outbox',
        atMs: 1_795_156_200_000,
        amountFen: 300 + i,
        body: {
          outboxId: `n1-U${i}`,
          destination: 'platform',
          op: present(ops[i], 'an op'),
          businessNo: `b${i}`,
          body,
          bodySm3: sm3(body),
        },
        nodeId: 'n1',
        seq: i + 1,
        prevHash: '',
        hash: '',
      },
      null,
    ),
  )
  const records = [...queue.records.values()].map((record, i) => {
    const body = bodies[i] ?? ''
    return { ...record, body, bodySm3: sm3(body) }
  })
  return { nodeId: 'n1', lotId: 'GX1', records }
}

const written = (): string[] => [...transferLines(source(), 1_795_156_200_000)]
const read = (lines: readonly string[]) => readTransfer(`${lines.join('\n')}\n`, standInCrypto)

test('what is written reads back', () => {
  expect(read(written())).toEqual({
    ok: true,
    nodeId: 'n1',
    records: 4,
    amountFen: 602,
    refundFen: 303,
    exceptions: 1,
    byKind: { charge: 1, exception: 1, exitUpload: 1, refund: 1 },
    faults: [],
  })
})

test('head and lines have the same sums, and no exception is money', () => {
  const [head, ...lines] = written().map((line) => JSON.parse(line) as Record<string, unknown>)
  const sums = { amountFen: 602, refundFen: 303, exceptions: 1 }
  expect(transferSums(source().records)).toEqual(sums)
  expect(head).toMatchObject({ records: 4, ...sums })
  expect(lines.map((line) => [line['op'], line['amountFen']])).toEqual([
    ['charge', 300],
    ['exception', 0],
    ['exitUpload', 302],
    ['refund', 303],
  ])
})

test('a file of before is read as well: no sums in its head, an amount at its exceptions', () => {
  const [head = '', ...lines] = written()
  const { amountFen, refundFen, exceptions, ...old } = JSON.parse(head) as Record<string, unknown>
  expect([amountFen, refundFen, exceptions]).toEqual([602, 303, 1])
  const before = lines.map((line) => line.replace('"amountFen":0', '"amountFen":301'))
  expect(read([JSON.stringify(old), ...before])).toMatchObject({ ok: true, amountFen: 602 })
})

test.each([
  [
    'a body changed',
    (l: string[]) => [l[0] ?? '', (l[1] ?? '').replace('{\\"a\\":1}', '{\\"a\\":2}'), l[2] ?? ''],
    2,
  ],
  ['a record left out', (l: string[]) => l.slice(0, 4), 1],
  [
    'another sum announced',
    (l: string[]) => [(l[0] ?? '').replace('602', '603'), ...l.slice(1)],
    1,
  ],
  ['a record twice', (l: string[]) => [...l, l[1] ?? ''], 6],
  ['no head', (l: string[]) => l.slice(1), 1],
  ['another format', (l: string[]) => ['{"format":"x","version":1}', ...l.slice(1)], 1],
  ['a torn line', (l: string[]) => [...l.slice(0, 2), (l[2] ?? '').slice(0, 30)], 3],
  [
    'an amount with a fraction',
    (l: string[]) => [l[0] ?? '', (l[1] ?? '').replace('300', '3.5'), l[2] ?? ''],
    2,
  ],
  ['nothing', () => [''], 1],
])('%s is found', (_name, change, line) => {
  const report = read(change(written()))
  expect(report.ok).toBe(false)
  expect(report.faults.map((fault) => fault.line)).toContain(line)
})
