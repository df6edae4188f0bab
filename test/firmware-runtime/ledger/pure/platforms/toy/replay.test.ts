// A day of a lot in an invented province: cars, cards, charges, exceptions and its platform's records. The platform is
// reached over real HTTPS and authenticates by an authorisation code. The product knows the province by one row, so any
// code that depends on Guangxi, or on a certificate of the lot, fails here.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rulesOf } from '#acceptance/desk/handlers/control-rules.ts'
import type { SimProvince } from '#harness/lot/sim-platform.ts'
import { runOf } from '#harness/sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import { invariantIds } from '#lane/pure/lot/invariants.ts'
import { emptyFolded, foldInto } from '#ledger/pure/fold/folded.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { ends, oddNumbers, toyRow } from './dialect.ts'
import { OverHttps } from './over-https.ts'
import { toyPlatform } from './platform.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-toy-')
let wire: OverHttps
beforeAll(() => {
  wire = new OverHttps(join(folder, 'tls'))
})
afterAll(async () => {
  await wire.close()
})

const platform: SimProvince['platform'] = (keep, shelf) => wire.carrying(toyPlatform(keep, shelf))

/** Every member that a body of this province may contain. */
const members = [
  ...['num', 'site', 'gate', 'fen', 'visit', 'by', 'car', 'late', 'purse', 'seal'],
  ...['odd', 'end', 'paid', 'of', 'terminal'],
]

type Of<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>
const rowsOf = <K extends LedgerRow['kind']>(rows: readonly LedgerRow[], kind: K) =>
  rows.filter((row): row is Of<K> => row.kind === kind)

/** What each debited card would owe if the platform had never answered. */
function pending(rows: readonly LedgerRow[]): readonly number[] {
  const state = emptyFolded(noRows)
  for (const row of rows) if (row.kind !== 'outboxState') foldInto(state, row, 0)
  const cards = rowsOf(rows, 'outbox').flatMap(({ body }) => body.cardNo ?? [])
  return cards.map((cardNo) => state.queue.records.uploadFenOf(cardNo))
}

it.each([
  ['online', 0],
  ['card', 1],
] as const)('%s: a day is charged, uploaded and in the records', (charge, index) => {
  const choice = { seed: 99, lots: 2, lanes: 2, days: 1, faults: 'light' } as const
  const province = { row: toyRow, platform }
  const before = wire.exchanges
  const run = { ...runOf(choice, index, join(folder, charge)), province }
  simulate(run, (lot, outcome) => {
    expect([run.charge, outcome.report.violations, outcome.pending]).toEqual([charge, [], 0])
    const passages = outcome.entries + outcome.exits
    for (const id of invariantIds)
      expect(outcome.report.checked[id], id).toBeGreaterThanOrEqual(passages)
    expect(outcome.platform.records).toBeGreaterThan(10)
    expect(wire.exchanges - before).toBeGreaterThanOrEqual(outcome.platform.records)

    const rows = [...lot.opened.ledger.rows(0)]
    const sent = rowsOf(rows, 'outbox').map(({ body }) => JSON.parse(body.body) as object)
    expect(sent.flatMap(Object.keys).filter((name) => !members.includes(name))).toEqual([])
    const answers = rowsOf(rows, 'outboxState').map(({ body }) => body.respCode)
    expect(answers.filter((code) => code !== null && !/^K\d$/.test(code))).toEqual([])
    expect(answers).toContain('K0')
    const exceptionsReceived = [...(lot.platform.state.acts.get('exceptions')?.values() ?? [])]
    const odd = new Set(exceptionsReceived.map(({ row }) => row.shown?.['odd']))
    expect(odd.size).toBeGreaterThan(1)
    for (const one of odd) expect(Object.values(oddNumbers)).toContain(one)
    expect(
      exceptionsReceived.every(({ row }) => Number(row.shown?.['handling']) <= ends.length),
    ).toBe(true)
    if (charge === 'card') expect(Math.min(...pending(rows))).toBeGreaterThan(0)

    const rules = rulesOf(lot.runtime.dialect, lot.options.config)
    expect([rules.provinceCode, rules.source]).toEqual(['9901', 'TOY 1'])
    expect(rules.access.map(({ clause }) => clause)).toEqual(['T2'])
  })
})
