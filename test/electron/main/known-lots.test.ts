// The car parks on the start page: newest first, by name, without those whose lot is gone; a damaged list
// counts as empty.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { KnownLots } from '../../../electron/main/known-lots.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const home = folderOfFile('etc-lane-known-')
const file = join(home, 'settings', 'lots.json')
const lotIn = (name: string, text: string): string => {
  const dir = join(home, name)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'lot.json'), text)
  return dir
}

it('offers what was opened, the newest first, and each once', () => {
  const lots = new KnownLots(file)
  expect(lots.list()).toEqual([])
  const east = lotIn('east', JSON.stringify({ name: { zh: '城东停车场' } }))
  const west = lotIn('west', '{"name":')
  for (const dir of [east, west, east, join(home, 'not-there')]) lots.remember(dir)
  expect(new KnownLots(file).list()).toEqual([
    { dir: east, name: '城东停车场' },
    { dir: west, name: west },
  ])
})

it.each(['', '{"a":1}', '[1,null]', '["/nowhere"]'])('a list that is %j offers nothing', (text) => {
  writeFileSync(file, text)
  expect(new KnownLots(file).list()).toEqual([])
})
