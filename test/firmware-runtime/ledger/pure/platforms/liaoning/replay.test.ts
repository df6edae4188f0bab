// Half a day of a lot in Liaoning, in both charge modes and with light faults: lot, access platform, expansion platform (7.2).
// The amounts on both sides are equal, every answer has a five-digit code, and no Guangxi member is sent.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { simProvinces } from '#harness/lot/sim-platform.ts'
import { runOf } from '#harness/sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import { invariantIds } from '#lane/pure/lot/invariants.ts'
import { rulesOf } from '#acceptance/desk/handlers/control-rules.ts'
import { codes } from '#ledger/pure/platforms/liaoning/codes.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-liaoning-')

it.each([
  ['online', 0],
  ['card', 1],
] as const)('%s: half a day is charged, uploaded and in the records', (charge, index) => {
  const choice = { seed: 21, lots: 2, lanes: 2, days: 0.5, faults: 'light' } as const
  const run = { ...runOf(choice, index, join(folder, charge)), province: simProvinces['21'] }
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
    const own = new Set(codes.map(({ code }) => code))
    const answered = rows.flatMap((row) => (row.kind === 'outboxState' ? [row.body.respCode] : []))
    const said = answered.filter((code) => code !== null)
    expect(said.filter((code) => !own.has(code ?? ''))).toEqual([])
    expect(said).toContain('31000')

    const rules = rulesOf(lot.runtime.dialect, lot.options.config)
    expect([rules.provinceCode, rules.source]).toEqual(['2101', 'DB21/T XXXX-2021'])
  })
})
