// What a folder proves about its lot, from real files: no lot, a lot without a ledger, a car inside, a car that passed
// through, and a file that is no ledger.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { lotProof } from '#lane/desk/folder/lot-proof-here.ts'
import { newFolder, optionsFor, removeFolders } from '../../../ledger/sqlite/ledger-kit.ts'
import { MemoryPorts, wholeDraft } from '../setup/setup-kit.ts'
import { paidByHand } from '../../pure/explain/explain-kit.ts'

let rows: readonly LedgerRow[] = []
beforeAll(async () => {
  ;({ rows } = await paidByHand())
})
afterAll(removeFolders)

const config = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')

function folder(list?: readonly LedgerRow[]): string {
  const dir = newFolder()
  writeLot(dir, config, JSON.stringify(present(tariffOfDraft(wholeDraft), 'a tariff')))
  if (list === undefined) return dir
  const { ledger } = openLedger(optionsFor(dir, { nodeId: config.nodeId }))
  ledger.append(
    list.map(({ nodeId: _n, seq: _s, prevHash: _p, hash: _h, ...draft }) => draft as LedgerRow),
  )
  ledger.close()
  return dir
}
const rowOf = (dir: string) => {
  const ports = new MemoryPorts(wholeDraft)
  ports.keptNow = { config, tariff: present(tariffOfDraft(wholeDraft), 'a tariff') }
  const found = judgeDraft(wholeDraft, ports, lotProof(dir, [])).rows
  return present(
    found.find(({ id }) => id === 'firstCar'),
    'the row',
  )
}

it('where nobody drove there is no first car, with a ledger or without', () => {
  expect(lotProof(newFolder(), [])).toEqual({ surveys: [], firstCar: null, fault: null })
  expect(lotProof(folder(), []).firstCar).toBe(null)
  expect(lotProof(folder([]), [])).toEqual({ surveys: [], firstCar: null, fault: null })
  expect(rowOf(folder([])).why.zh).toContain('车道启动后做首车试验')
})

it('a car that came is inside until it has left by a lane', () => {
  const opened = rows.slice(0, 1)
  expect(opened[0]?.kind).toBe('stayOpened')
  expect(lotProof(folder(opened), [])).toMatchObject({
    fault: null,
    firstCar: { isThrough: false },
  })
  const through = lotProof(folder(rows), []).firstCar
  expect(through?.isThrough).toBe(true)
  expect(rowOf(folder(rows)).why.zh).toContain('首车:入场')
})

it('a ledger that cannot be read is said, and refuses the row', () => {
  const dir = folder()
  writeFileSync(join(dir, 'ledger.db'), 'no database')
  const { fault } = lotProof(dir, [])
  expect(fault?.code).toMatch(/^[A-Z]+-\d\d$/)
  expect(rowOf(dir)).toMatchObject({ state: 'failed', fault })
})
