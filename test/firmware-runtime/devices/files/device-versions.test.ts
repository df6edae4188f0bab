// device-versions.json: kept whole, read again, and an unreadable file counts as none.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import {
  deviceVersionsIn,
  deviceVersionStore,
  readDeviceVersions,
} from '#devices/files/device-versions.ts'
import { heardVersion, noVersion } from '#base/pure/passport/versions.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => (dir = folderOfTest('etc-device-versions-')))
const reading = { version: 'V5.4.0', hardware: null, serial: '桂 1' }

it('gives back what was kept', () => {
  const versions = { 'exit camera': heardVersion(noVersion, reading, 1_700_000_000_000) }
  const store = deviceVersionStore(dir)
  expect(store.load()).toEqual({})
  store.keep(versions)
  expect([store.load(), readDeviceVersions(deviceVersionsIn(dir))]).toEqual([versions, versions])
})

it.each([
  ['half a file', '{"exit rsu":{"last":'],
  ['another shape', '{"exit rsu":{"last":7,"silentSinceMs":null,"accepted":null}}'],
  ['a list', '[]'],
  ['nothing', ''],
])('%s counts as none', (_what, text) => {
  writeFileSync(deviceVersionsIn(dir), text)
  expect(deviceVersionStore(dir).load()).toEqual({})
})

it('refuses with the file where it cannot be written', () => {
  const store = deviceVersionStore(join(dir, 'not-there'))
  expect(faultOf(() => store.keep({})).detail.file).toContain('device-versions.json')
})
