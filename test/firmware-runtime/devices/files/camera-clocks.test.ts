// Clocks of cameras in a data folder: by lane and link, whole after a kill, and no fault where the file is not one.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cameraClocks } from '#devices/files/camera-clocks.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-camera-clocks-')
const told: string[] = []
const clocks = () => cameraClocks(dir, ({ code }) => void told.push(code))
const file = join(dir, 'camera-clocks.json')

it('has what was kept, for that lane and that link alone', () => {
  const one = clocks()
  expect(one.of('exit', 'push:vzicom')).toBeNull()
  one.keep('exit', 'push:vzicom', { offsetMs: -180_000.4, isLocal: null })
  one.keep('entry', 'dahua://192.0.2.9', { offsetMs: 12, isLocal: true })
  for (const seen of [one, clocks()])
    expect([
      seen.of('exit', 'push:vzicom'),
      seen.of('entry', 'dahua://192.0.2.9'),
      seen.of('exit', 'push:hikvision'),
      seen.of('toString', 'push:vzicom'),
    ]).toEqual([{ offsetMs: -180_000, isLocal: null }, { offsetMs: 12, isLocal: true }, null, null])
})

it.each(['', '[]', '{"exit":{"link":"push:vzicom"}}', '{"exit":7}', 'no JSON', '{"exit":'])(
  'begins anew with %j',
  (text) => {
    writeFileSync(file, text)
    expect(clocks().of('exit', 'push:vzicom')).toBeNull()
    clocks().keep('exit', 'push:vzicom', { offsetMs: 5, isLocal: false })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ exit: { offsetMs: 5 } })
  },
)

it('says that it could not write, and goes on', () => {
  rmSync(file)
  mkdirSync(`${file}.new`)
  const one = clocks()
  one.keep('exit', 'push:vzicom', { offsetMs: 7, isLocal: null })
  expect(told).toEqual(['DATA-01'])
  expect(one.of('exit', 'push:vzicom')).toEqual({ offsetMs: 7, isLocal: null })
})
