// What the lot of a folder declares: a platform to be joined later is not declared, except for a run aimed at a platform.
import { afterAll, expect, it } from 'vitest'
import { declarationOf } from '#acceptance/pure/declaration.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { present } from '#base/pure/values/must.ts'
import { declarationHere, declaredHere } from '#acceptance/desk/folder/declared-here.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { newFolder, removeFolders } from '../../../ledger/sqlite/ledger-kit.ts'
import { streetLot } from '../../../../pins/lots.ts'
import { MemoryPorts, wholeDraft } from '../../../lane/desk/setup/setup-kit.ts'

afterAll(removeFolders)
const config = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
const ofPlatform = ['anyPlatform', 'recordsTo', 'platform'] as const

it('a lot that joins a platform later declares none', () => {
  expect(config.platform).toBe('later')
  const dir = newFolder()
  writeLot(dir, config, JSON.stringify(present(tariffOfDraft(wholeDraft), 'a tariff')))
  const { features } = declarationHere(dir, null)
  expect(ofPlatform.filter((one) => features.includes(one))).toEqual([])
  expect(features).toContain('exit')
  const joint = { runId: 'T1', startedAtMs: 0, lines: [], reportId: null, former: [] }
  const aim = { url: 'https://h', caFile: 'ca', credentials: 'c', appId: 'A', joint }
  expect(declarationHere(dir, aim).features).toEqual(expect.arrayContaining([...ofPlatform]))
})

it('a street of piles has exits with an antenna, though its lot file has no lane', () => {
  const piles = checkLot(streetLot(), 'lot.json')
  expect(piles.lanes).toEqual([])
  const facts = declaredHere(newFolder(), piles, null)
  expect(facts.lanes).toEqual([{ laneId: 'pile-a01', direction: 'exit', hasAntenna: true }])
  expect(facts.watch).toBe('sensor')
  expect(declarationOf(facts).features).toEqual(
    expect.arrayContaining(['exit', 'open', 'sensors', 'exitAntenna']),
  )
})
