// What the looks for updates found, read again after another start: whole, or as if this lot had never looked.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keepLook, keptLook } from '#runtime/slots/look-file.ts'
import { noLook, type KeptLook } from '#runtime/pure/update/look.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { releaseFile } from '../../../kit/scripted-updates.ts'

const atIso = '2026-11-30T03:00:00.000+08:00'
const from = '/media/更新'
const found = { atIso, from, is: 'newer', file: releaseFile } as const
const failed = { code: 'UPDATE-05', note: t('没有', 'none'), from, sinceIso: atIso }
const whole: KeptLook = { sinceIso: atIso, triedIso: atIso, found, failed }

function fileWith(text: string): string {
  const dir = folderOfTest('look-')
  mkdirSync(join(dir, 'update'))
  writeFileSync(join(dir, 'update', 'look.json'), text)
  return dir
}

it.each<[string, KeptLook]>([
  ['a lot that has not looked yet', noLook(atIso)],
  ['a find', { ...whole, failed: null }],
  ['a failure with words', { ...whole, found: null }],
  ['a failure with a text', { ...whole, failed: { ...failed, note: 'ENOENT' } }],
  ['both', whole],
])('%s is read as it was kept', (_, look) => {
  const dir = folderOfTest('look-')
  expect(keptLook(dir)).toBeNull()
  keepLook(dir, look)
  expect(keptLook(dir)).toEqual(look)
})

it('members of a later form are passed over', () => {
  const dir = fileWith(JSON.stringify({ ...whole, format: 2, found: { ...found, size: 3 } }))
  expect(keptLook(dir)).toMatchObject(whole)
})

it.each<[string, string]>([
  ['empty', ''],
  ['half a file', JSON.stringify(whole).slice(0, 120)],
  ['zeros of a power cut', '\0'.repeat(300)],
  ['no object', '[]'],
  ['nothing', 'null'],
  ['a time that is none', JSON.stringify({ ...whole, sinceIso: 'yesterday' })],
  ['a time of the last look that is none', JSON.stringify({ ...whole, triedIso: 3 })],
  ['no find', JSON.stringify({ ...whole, found: undefined })],
  ['a find of another form', JSON.stringify({ ...whole, found: [found] })],
  ['a find without its file', JSON.stringify({ ...whole, found: { ...found, file: null } })],
  ['a find whose verdict is new', JSON.stringify({ ...whole, found: { ...found, is: 'best' } })],
  ['a failure of another form', JSON.stringify({ ...whole, failed: 'UPDATE-05' })],
  ['a failure without words', JSON.stringify({ ...whole, failed: { ...failed, note: {} } })],
])('%s: the lot looks again, and the next look writes it anew', (_, text) => {
  const dir = fileWith(text)
  expect(keptLook(dir)).toBeNull()
  expect(readFileSync(join(dir, 'update', 'look.json'), 'utf8')).toBe(text)
  keepLook(dir, whole)
  expect(keptLook(dir)).toEqual(whole)
})
