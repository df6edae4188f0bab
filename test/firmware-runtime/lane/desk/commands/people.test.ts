// `etc-lane people` on a folder without a running program: secrets from stdin, never printed; only its user can read the
// file. Each command runs as a separate process, as in use.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runWithInput } from '../../../../kit/run-with-input.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-people-')
// With lot.json the lot counts as set up: before that, accounts may still be removed freely.
writeFileSync(join(dir, 'lot.json'), '{}')

const people = (args: readonly string[], stdin = '') => runWithInput(['people', ...args], stdin)
const at = ['--data', dir]

it('adds, lists, changes and removes; the last owner stays', async () => {
  const owner = { id: 'p1', name: '王老板', role: 'owner' }
  const guard = { id: 'p2', name: '李四', role: 'attendant' }
  const add = ['add', ...at, '--name', '王老板', '--role', 'owner']
  expect(await people(add, '274916\n')).toMatchObject({
    code: 2,
    json: { error: { code: 'PEOPLE-04' } },
  })
  const added = await people(add, 'correct horse\n')
  expect(added).toMatchObject({ code: 0, json: owner })
  const second = await people(['add', ...at, '--name', '李四', '--role', 'attendant'], '274916')
  expect(second).toMatchObject({ code: 0, json: guard })
  expect((await people(['lock', ...at, '--id', 'p2'])).json).toEqual(guard)
  const free = { lockedForSec: 0, isBarred: false }
  expect((await people(['list', ...at])).json).toEqual({
    people: [
      { ...owner, ...free },
      { ...guard, ...free, isBarred: true },
    ],
  })
  expect((await people(['pin', ...at, '--id', 'p2'], '507382\n')).json).toEqual(guard)
  const text = readFileSync(join(dir, 'people.json'), 'utf8')
  expect(text).not.toMatch(/correct horse|274916|507382/)
  expect([added.said, second.said].join('')).not.toMatch(/correct horse|274916/)
  expect(statSync(join(dir, 'people.json')).mode & 0o777).toBe(0o600)
  expect((await people(['unlock', ...at, '--id', 'p2'])).json).toEqual(guard)
  expect((await people(['remove', ...at, '--id', 'p2'])).json).toEqual(guard)
  const last = await people(['remove', ...at, '--id', 'p1'])
  expect(last).toMatchObject({ code: 2, json: { error: { code: 'PEOPLE-08', value: 'p1' } } })
})

it.each([
  [['add', ...at, '--name', '李四', '--role', 'boss'], 'ARG-01', '--role'],
  [['pin', ...at, '--id', 'p9'], 'PEOPLE-09', '/id'],
  [['list', '--data', join(dir, 'no')], 'FILE-01', ''],
])('%j is refused', async (args, code, field) => {
  expect(await people(args, '274916')).toMatchObject({ code: 2, json: { error: { code, field } } })
})
