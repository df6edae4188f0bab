// The car parks on the start page: newest first, by name, without those whose lot is gone; a damaged list
// counts as empty, and one that the system refuses stays as it is.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

it.each([
  ['a new list cannot be written', 'lots.json.new', 2],
  ['the list cannot be read', 'lots.json', 0],
  ['no folder can be made for it', '', 0],
])('a lot is opened although %s', (_what, held, offered) => {
  const settings = join(home, `settings of ${offered}${held}`)
  const lots = new KnownLots(join(settings, 'lots.json'))
  if (held !== '') for (const name of ['one', 'two']) lots.remember(lotIn(name, '{}'))
  const kept = held === 'lots.json.new' ? readFileSync(join(settings, 'lots.json')) : null
  if (held === '') writeFileSync(settings, '')
  else {
    rmSync(join(settings, held), { force: true })
    mkdirSync(join(settings, held))
  }
  lots.remember(lotIn('three', '{}'))
  expect(lots.list()).toHaveLength(offered)
  if (kept !== null) expect(readFileSync(join(settings, 'lots.json'))).toEqual(kept)
  expect(existsSync(join(home, 'three', 'lot.json'))).toBe(true)
})
