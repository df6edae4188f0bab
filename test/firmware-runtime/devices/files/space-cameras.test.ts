// What is kept of cameras of spaces in a data folder: by source and link, whole after a kill; a file that is none gives no knowledge,
// so that the camera is doubted instead of trusted.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { spaceCameras, type KeptCamera } from '#devices/files/space-cameras.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-space-cameras-')
const told: string[] = []
const cameras = () => spaceCameras(dir, ({ code }) => void told.push(code))
const file = join(dir, 'space-cameras.json')
const turned: KeptCamera = {
  faults: { scenechangedetection: 'turned' },
  positions: { 2: { panDeg: 10.5, tiltDeg: -3, zoom: 1 } },
}

it('has what was kept, for that source and that link alone', () => {
  const one = cameras()
  expect(one.of('road', 'push:hikvision')).toBeNull()
  one.keep('road', 'push:hikvision', turned)
  one.keep('high', 'dahua://192.0.2.9:80', { faults: {}, positions: {} })
  for (const seen of [one, cameras()])
    expect([
      seen.of('road', 'push:hikvision'),
      seen.of('high', 'dahua://192.0.2.9:80'),
      seen.of('high', 'dahua://192.0.2.10:80'),
      seen.of('toString', 'push:hikvision'),
    ]).toEqual([turned, { faults: {}, positions: {} }, null, null])
})

it.each([
  '',
  '[]',
  '{"road":{"link":"push:hikvision"}}',
  '{"road":{"link":"push:hikvision","faults":{"a":"fine"},"positions":{}}}',
  'no JSON',
  '{"road":',
])('knows nothing from %j', (text) => {
  writeFileSync(file, text)
  expect(cameras().of('road', 'push:hikvision')).toBeNull()
  cameras().keep('road', 'push:hikvision', turned)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ road: turned })
})

it('says that it could not write, and goes on', () => {
  rmSync(file)
  mkdirSync(`${file}.new`)
  const one = cameras()
  one.keep('road', 'push:hikvision', turned)
  expect(told).toEqual(['DATA-01'])
  expect(one.of('road', 'push:hikvision')).toEqual(turned)
})
