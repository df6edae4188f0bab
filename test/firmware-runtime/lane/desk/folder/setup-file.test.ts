// setup.json on disk: complete or absent, one step of undo, a damaged file is named. `lot init --from` makes the same lot
// from it as Studio, or none.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { loadLot } from '#lane/folder/lot-file.ts'
import { setupFile } from '#lane/desk/folder/setup-file.ts'
import { lotFromDraft } from '#lane/desk/setup/setup-ports.ts'
import { wholeDraft } from '../setup/setup-kit.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const home = folderOfFile('etc-lane-setup-')
let count = 0
let dir: string
beforeEach(() => {
  dir = join(home, `lot-${++count}`)
})

it('nothing is made by looking; a save makes the folder, and a step back is kept on the disk', () => {
  expect(setupFile(dir).read()).toBe(null)
  expect(existsSync(dir)).toBe(false)
  setupFile(dir).write({ version: 1, offline: wholeDraft.offline })
  setupFile(dir).write(wholeDraft)
  setupFile(dir).write(wholeDraft)
  expect(readdirSync(dir).sort()).toEqual(['setup.before.json', 'setup.json'])
  expect(setupFile(dir).undo()).toBe(true)
  expect(setupFile(dir).read()).toEqual({ version: 1, offline: wholeDraft.offline })
  expect(setupFile(dir).undo()).toBe(false)
})

it.each([
  ['{"version":1,"lot":', 'FILE-02'],
  ['{"version":2}', 'SETUP-04'],
  ['{"version":1,"tariff":{"freeMin":-1}}', 'SETUP-04'],
  ['{"version":1,"password":"x"}', 'SETUP-04'],
])('a draft %s is refused with %s and stays as it is', async (text, code) => {
  const file = join(home, `draft-${count}.json`)
  writeFileSync(file, text)
  await expect(lotFromDraft(dir, file)).rejects.toMatchObject({ code })
  expect(existsSync(dir)).toBe(false)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it.each([
  ['GBK', [0xb3, 0xc7, 0xb6, 0xab], 'GBK'],
  ['half a character', [0xe5, 0x9f], 'UTF-8'],
])('a draft in %s is refused, no lot gets a name that nobody can read', async (_, name, said) => {
  const file = join(home, `encoded-${count}.json`)
  const [head, tail] = JSON.stringify(wholeDraft).split('城东停车场')
  writeFileSync(file, Buffer.concat([`${head}`, name, `${tail}`].map((part) => Buffer.from(part))))
  const refused = expect.objectContaining({
    code: 'FILE-02',
    message: expect.stringContaining(said),
  })
  await expect(lotFromDraft(dir, file)).rejects.toEqual(refused)
  expect(existsSync(dir)).toBe(false)
})

it('where who made it cannot be kept there is no lot, and the next try makes it', async () => {
  const file = join(home, 'no-room.json')
  writeFileSync(file, JSON.stringify(wholeDraft))
  mkdirSync(dir)
  writeFileSync(join(dir, 'versions'), 'no folder')
  await expect(lotFromDraft(dir, file)).rejects.toMatchObject({ code: 'DATA-01' })
  expect([existsSync(join(dir, 'lot.json')), existsSync(join(dir, 'tariff.json'))]).toEqual([
    false,
    false,
  ])
  rmSync(join(dir, 'versions'))
  expect(await lotFromDraft(dir, file)).toEqual(['entry', 'exit'])
})

it('the row that keeps it back is named, not one that is merely open', async () => {
  // Without devices their row is open, and stands before the tariff.
  const { tariff: _, ...without } = wholeDraft
  const file = join(home, 'open-row.json')
  writeFileSync(file, JSON.stringify({ ...without, devices: { lanes: {}, intake: null } }))
  const detail = { field: 'tariff' }
  await expect(lotFromDraft(dir, file)).rejects.toMatchObject({ code: 'SETUP-02', detail })
})

it('a whole draft makes lot and tariff, and a second one is refused', async () => {
  const file = join(home, 'whole.json')
  writeFileSync(file, JSON.stringify(wholeDraft))
  expect(await lotFromDraft(dir, file)).toEqual(['entry', 'exit'])
  const { config, tariff } = loadLot(dir)
  expect(config).toMatchObject({ mode: 'production', lotId: 'A0001', capacity: 60 })
  expect(tariff.editions[0]?.plans[0]?.caps).toEqual({ dayFen: 2000 })
  expect(setupFile(dir).read()).toEqual(wholeDraft)
  await expect(lotFromDraft(dir, file)).rejects.toMatchObject({ code: 'LOT-02' })
})

it('one that lacks a row makes nothing and names the row', async () => {
  const { tariff: _, ...without } = wholeDraft
  const file = join(home, 'part.json')
  writeFileSync(file, JSON.stringify(without))
  const detail = { field: 'tariff' }
  await expect(lotFromDraft(dir, file)).rejects.toMatchObject({ code: 'SETUP-02', detail })
  expect(existsSync(dir)).toBe(false)
})

it('a production lot on a simulator of this machine is refused at its row', async () => {
  const barrier = 'tcp://127.0.0.1:502'
  const exit = { ...wholeDraft.devices.lanes['exit'], barrier }
  const draft = {
    ...wholeDraft,
    devices: { ...wholeDraft.devices, lanes: { ...wholeDraft.devices.lanes, exit } },
  }
  const file = join(home, 'mixed.json')
  writeFileSync(file, JSON.stringify(draft))
  const detail = { field: '/lanes/1/barrier', value: barrier }
  await expect(lotFromDraft(dir, file)).rejects.toMatchObject({ code: 'SETUP-02', detail })
  expect(existsSync(dir)).toBe(false)
})
