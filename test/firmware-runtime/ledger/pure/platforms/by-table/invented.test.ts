// Adding a province by table: an invented one, made only from the data in this folder, in at most 200 lines. Half a day of
// a lot in both charge modes, with light faults and with all, with the province's names in everything that is sent.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { invariantIds } from '#lane/pure/lot/invariants.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import { runOf } from '#harness/sim.ts'
import { platformByTable } from './platform-by-table.ts'
import { inventedFolder, inventedRow, inventedTable } from './invented-row.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-invented-')

it('its folder is data alone, at most 200 lines', () => {
  const names = readdirSync(inventedFolder)
  expect(names.filter((name) => !name.endsWith('.json'))).toEqual([])
  const lines = names.flatMap((name) =>
    readFileSync(join(inventedFolder, name), 'utf8').split('\n'),
  )
  expect(lines.length).toBeGreaterThan(50)
  expect(lines.length).toBeLessThanOrEqual(200)
  expect(inventedTable.standard).toMatch(/^INVENTED/)
})

it.each([
  ['online', 0],
  ['card', 1],
] as const)('%s: half a day is charged, uploaded and in the records', (charge, index) => {
  const choice = { seed: 99, lots: 2, lanes: 2, days: 0.5, faults: 'light' } as const
  const province = {
    row: inventedRow,
    platform: (
      ...args: [Parameters<typeof platformByTable>[1], Parameters<typeof platformByTable>[2]?]
    ) => platformByTable(inventedTable, ...args),
  }
  const run = { ...runOf(choice, index, join(folder, charge)), province }
  simulate(run, (lot, outcome) => {
    expect([run.charge, outcome.report.violations, outcome.pending]).toEqual([charge, [], 0])
    const passages = outcome.entries + outcome.exits
    for (const id of invariantIds)
      expect(outcome.report.checked[id], id).toBeGreaterThanOrEqual(passages)
    expect(outcome.platform.records).toBeGreaterThan(10)

    const rows = [...lot.opened.ledger.rows(0)]
    let paidFen = 0
    for (const row of rows)
      if (row.kind === 'outcome' && row.body.state === 'paid') paidFen += row.amountFen ?? 0
    // A debit without a TAC is an open item and not uploaded.
    for (const { amountFen } of lot.runtime.lot.notUploaded.values()) paidFen -= amountFen
    expect(outcome.platform.amountFen).toBe(paidFen)
    const bodies = rows.flatMap((row) => (row.kind === 'outbox' ? [row.body.body] : []))
    const formerNames = Object.keys(inventedTable.members)
    const sent = new Set(bodies.flatMap((text) => Object.keys(JSON.parse(text) as object)))
    expect(formerNames.filter((name) => sent.has(name))).toEqual([])
    expect(sent.has('num')).toBe(true)
    const answered = rows.flatMap((row) =>
      row.kind === 'outboxState' ? (row.body.respCode ?? []) : [],
    )
    expect(answered.filter((code) => !/^7\d{5}$/.test(code))).toEqual([])
    expect(answered).toContain('700001')
  })
})
