// What Studio hosts for a folder: the demo only on request or for the demo's own lot.
// A lost or damaged lot.json never leads to a demo.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hostMode } from '../../../electron/main/host-mode.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-host-mode-')

it('an empty folder is a demo only when the demo was asked for', () => {
  expect(hostMode(dir, false)).toBe('run')
  expect(hostMode(dir, true)).toBe('demo')
})

it.each([
  ['{"mode":"demo"}', 'demo'],
  ['{\n  "mode" : "demo"\n}', 'demo'],
  ['{"mode":"production"}', 'run'],
  ['{"mode":"produ', 'run'],
  ['', 'run'],
])('lot.json %j is hosted as %s, whatever was asked for', (text, mode) => {
  writeFileSync(join(dir, 'lot.json'), text)
  expect(hostMode(dir, false)).toBe(mode)
  expect(hostMode(dir, true)).toBe(mode)
})

it('a lot that was set up here keeps its own devices, simulated or not', () => {
  writeFileSync(join(dir, 'lot.json'), '{"mode":"demo"}')
  writeFileSync(join(dir, 'setup.json'), '{}')
  expect(hostMode(dir, false)).toBe('run')
})
