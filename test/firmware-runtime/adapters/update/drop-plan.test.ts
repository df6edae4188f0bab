// An update that is dropped goes, whatever a drop that was killed left of the same names.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { dropPlan } from '../../../../firmware-runtime/adapters/update/drop-plan.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const used = { name: '0.1.9-a', version: '0.1.9', build: 'a' }
const archive = `${'0'.repeat(64)}.tar.gz`

it.each([
  ['nothing', [], [archive, 'slots/0.2.0-b/node']],
  ['the copy', ['1-trial-copy/ledger.db'], ['trial-copy/ledger.db', 'slots/0.2.0-b/node']],
  ['the slot', ['1-0.2.0-b/node'], ['slots/0.2.0-b/node']],
  ['half a slot', ['2-0.2.0-b.part/node', '3-x'], [archive, 'slots/0.2.0-b.part/node']],
  ['a whole drop', ['now-a/trial-copy/x', 'now-b/0.2.0-b/x'], ['trial-copy/x', 'plan.json']],
])('after %s was left', async (_, left, there) => {
  const dir = folderOfTest('drop-')
  const files = [...left.map((name) => join('dropped', name)), ...there, `slots/${used.name}/node`]
  for (const file of files.map((name) => join(dir, 'update', name))) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'x')
  }
  dropPlan(dir, [used])
  expect(readdirSync(join(dir, 'update', 'slots'))).toEqual([used.name])
  await eventually(() => existsSync(join(dir, 'update', 'dropped'))).toBe(false)
  expect(readdirSync(join(dir, 'update'))).toEqual(['slots'])
})
