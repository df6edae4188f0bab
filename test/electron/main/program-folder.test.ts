// Where Studio finds the lane program: in itself, else in the lanes laid beside it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { programFolder } from '../../../electron/main/program-folder.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const dir = folderOfFile('etc-program-folder-')

function laid(name: string, ...folders: readonly string[]): [string, string] {
  const home = join(dir, name)
  for (const folder of folders) {
    mkdirSync(join(home, folder), { recursive: true })
    writeFileSync(join(home, folder, 'main.mjs'), '')
  }
  return [join(home, 'resources', 'app', 'dist'), join(home, 'studio.exe')]
}
const own = join('resources', 'app', 'dist', 'runtime')
const lanes = join('lanes', 'dist', 'runtime')

it.each([
  ['alone', [own], own],
  ['with lanes beside it that it does not need', [own, lanes], own],
  ['with the program in the lanes only', [lanes], lanes],
  ['停车场 开通', [lanes], lanes],
])('%s', (name, folders, found) => {
  expect(programFolder(...laid(name, ...folders))).toBe(join(dir, name, found))
})
