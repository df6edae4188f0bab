// The courier file: what is written reads back, and every change of it is found by its line.
// Bodies carry what people write: quotes, line ends, Chinese.
import { expect, test } from 'vitest'
import { standInCrypto } from '../../../firmware-runtime/adapters/crypto/stand-in.ts'
import { courierLines, readCourier } from '../../../firmware-runtime/app/queue-courier.ts'
import { emptyQueue, foldOutbox } from '../../../firmware-runtime/core/queue/queue.ts'
import { hexOf } from '../../../firmware-runtime/core/values/bytes.ts'

const sm3 = (body: string): string =>
  hexOf(standInCrypto.sm3(new TextEncoder().encode(body))).toLowerCase()

function source() {
  const queue = emptyQueue()
  const bodies = ['{"a":1}', '{"b":"测\\nA"}']
  bodies.forEach((body, i) =>
    foldOutbox(
      queue,
      {
        kind: 'outbox',
        atMs: 1_795_156_200_000,
        amountFen: 300,
        body: {
          outboxId: `n1-U${i}`,
          destination: 'platform',
          op: i === 0 ? 'charge' : 'exception',
          businessNo: `b${i}`,
          body,
          bodySm3: sm3(body),
        },
        nodeId: 'n1',
        seq: i + 1,
        prevHash: '',
        hash: '',
      },
      0,
    ),
  )
  const records = [...queue.records.values()].map((record, i) => {
    const body = bodies[i] ?? ''
    return { ...record, body, bodySm3: sm3(body) }
  })
  return { nodeId: 'n1', lotId: 'GX1', records }
}

const written = (): string[] => [...courierLines(source(), 1_795_156_200_000)]
const read = (lines: readonly string[]) => readCourier(`${lines.join('\n')}\n`, standInCrypto)

test('what is written reads back', () => {
  expect(read(written())).toEqual({
    ok: true,
    nodeId: 'n1',
    records: 2,
    amountFen: 600,
    byKind: { charge: 1, exception: 1 },
    faults: [],
  })
})

test.each([
  [
    'a body changed',
    (l: string[]) => [l[0] ?? '', (l[1] ?? '').replace('{\\"a\\":1}', '{\\"a\\":2}'), l[2] ?? ''],
    2,
  ],
  ['a record left out', (l: string[]) => l.slice(0, 2), 1],
  ['a record twice', (l: string[]) => [...l, l[1] ?? ''], 4],
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
