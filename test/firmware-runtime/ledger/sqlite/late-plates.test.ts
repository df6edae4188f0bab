// A plate read after the entry's boom was commanded to open: searches, the page of its stay and its explanation show it, in
// a new ledger and in one of the previous schema. A car that was read in time is unaffected.
import { actWords } from '#runtime/api/act-words.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { replayTariff } from '#money/pure/lot/tariff-replay.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { whyOf } from '#lane/pure/explain/why.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { LedgerQuery } from '#ledger/ports/ledger-reader.ts'
import { newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

afterEach(removeFolders)

const came = (stayId: string, plate: string | null) =>
  cameIn(stayId, startMs, { plate, colour: plate === null ? 'unknown' : 'blue' })
const read = (stayId: string, plate: string): RowDraft => ({
  kind: 'plateRead',
  atMs: startMs + 4_000,
  laneId: 'entry',
  stayId,
  body: { plate, plateRaw: plate, colour: 'green', photo: 'p1' },
})
const rows = [came('s1', null), read('s1', '测AD12345'), came('s2', '测A12345'), came('s3', null)]

function lot(before?: number): string {
  const dir = newFolder()
  const options = optionsFor(dir)
  const way = { synchronous: 'FULL', checkRows: 100 } as const
  const { ledger } =
    before === undefined
      ? openLedger(options)
      : openLedgerWith(options, { ...way, migrations: migrations.slice(0, before) })
  ledger.append(rows)
  ledger.close()
  return dir
}

function reading<T>(dir: string, look: (reader: ReturnType<typeof openLedgerReader>) => T): T {
  const { nodeId, crypto, chainKey } = optionsFor(dir)
  const reader = openLedgerReader({ dir, nodeId, crypto, chainKey })
  try {
    return look(reader)
  } finally {
    reader.close()
  }
}

describe.each([
  ['a new ledger', undefined],
  ['a ledger of schema 9', 9],
])('%s', (_name, before) => {
  it('has the plate of the stay, and finds it whole and in part', () => {
    const dir = lot(before)
    if (before !== undefined) openLedger(optionsFor(dir)).ledger.close()
    const stays = (filter: LedgerQuery) =>
      reading(dir, ({ query }) => query('stay', filter).rows).map(
        ({ stayId, plate }) => `${stayId} ${plate ?? '-'}`,
      )
    expect(stays({})).toEqual(['s1 测AD12345', 's2 测A12345', 's3 -'])
    expect(stays({ plate: '测AD12345' })).toEqual(['s1 测AD12345'])
    expect(stays({ plate: '测A12345' })).toEqual(['s2 测A12345'])
    expect(stays({ platePart: '12345' })).toEqual(['s1 测AD12345', 's2 测A12345'])
    expect(stays({ platePart: 'D12' })).toEqual(['s1 测AD12345'])
    expect(stays({ plate: '测A99999' })).toEqual([])
    expect(reading(dir, ({ verify }) => verify())).toMatchObject({ ok: true, rows: 4 })
  })
})

it('its explanation says when the plate was read', () => {
  const dir = lot()
  const priced: RowDraft = {
    kind: 'orderMade',
    atMs: startMs + 60_000,
    laneId: 'exit',
    stayId: 's1',
    orderId: 'o1',
    amountFen: 0,
    body: {
      tariffId: 't',
      fromMs: startMs,
      toMs: startMs,
      lines: [],
      plate: '测AD12345',
      plateRaw: null,
    },
  }
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([priced])
  ledger.close()
  const why = whyOf(
    reading(dir, ({ timeline }) => timeline('s1')),
    () => ({ zh: '入口', en: 'Entry' }),
    actWords,
  )
  const lines = why.flatMap((section) => section.lines.map(({ zh }) => zh))
  expect(lines.join('\n')).toMatch(/从入口入场[\s\S]*08:00:04 抬杆后才读到车牌 测AD12345/)
})

it('a tariff is replayed by the colour that was read late', () => {
  const dir = lot()
  const line = {
    fromMs: startMs,
    toMs: startMs + 3_600_000,
    rule: 'first',
    amountFen: 500,
  } as const
  const text = { zh: '首时段', en: 'first' }
  const of = (stayId: string): RowDraft => ({
    kind: 'orderMade',
    atMs: startMs + 3_600_000,
    laneId: 'exit',
    stayId,
    orderId: `o-${stayId}`,
    amountFen: 500,
    body: {
      tariffId: 't',
      fromMs: startMs,
      toMs: startMs + 3_600_000,
      lines: [{ ...line, text }],
      plate: null,
      plateRaw: null,
    },
  })
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([of('s1'), of('s2')])
  const [edition] = demoTariff.editions
  const [, plan] = edition?.plans ?? []
  if (edition === undefined || plan === undefined) throw new Error('the demo has a plan')
  // Green plates park free.
  const green = { ...plan, when: { colours: ['green'] as const }, bands: [], caps: {} }
  const free = { ...green, bands: [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 0 }] }] }
  const tariff = { ...demoTariff, editions: [{ ...edition, plans: [free, plan] }] }
  const all = { fromMs: startMs, toMs: startMs + 86_400_000 }
  const fen = new Map<string, number>()
  replayTariff(ledger.rows(0), tariff, all, (stay) => void fen.set(stay.stayId, stay.afterFen))
  ledger.close()
  expect([fen.get('s1'), fen.get('s2')]).toEqual([0, 300])
})
