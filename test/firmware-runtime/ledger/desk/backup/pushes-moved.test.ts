// A lot whose cameras push to an address of the lost machine is restored so that its lanes open on this one: it listens on
// all its cards, and the answer says where the cameras push.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cardsHere } from '#devices/find/machine.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { BackupLot, keyOf, said } from '../../../../wire/kit/backup-lot.ts'

let lot: BackupLot
beforeEach(() => {
  lot = new BackupLot()
  mkdirSync(lot.place)
})
afterEach(() => lot.remove())

const fileOf = (dir: string): { readonly intake?: object } =>
  JSON.parse(readFileSync(join(dir, 'lot.json'), 'utf8')) as { readonly intake?: object }
const own = cardsHere()[0]?.address ?? '127.0.0.2'

it.each([
  ['an address of another computer', '192.0.2.9', '0.0.0.0'],
  ['an address of this computer', own, own],
  ['an address that every computer has', '127.0.0.1', '127.0.0.1'],
  ['every address', '0.0.0.0', '0.0.0.0'],
])('cameras push to %s', async (_what, was, now) => {
  const key = await keyOf(lot, join(lot.root, 'stick'))
  const intake = { host: was, port: 18_080, allow: ['192.0.2.30'] }
  writeFileSync(join(lot.dir, 'lot.json'), JSON.stringify({ ...fileOf(lot.dir), intake }))
  await said(backupCommand, ['now', '--data', lot.dir, '--to', lot.place])
  const dir = join(lot.root, 'new')
  const who = ['--by', 'owner', '--reason', 'test']
  const from = ['--from', lot.place, '--recovery-key', key]
  const restored = await said(backupCommand, ['restore', '--data', dir, ...from, ...who])
  expect(restored).toMatchObject({ ok: true, pushes: was === now ? null : { was, now } })
  expect(fileOf(dir).intake).toEqual({ ...intake, host: now })
})
