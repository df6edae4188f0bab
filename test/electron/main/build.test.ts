// Which build may hold a real lot's keys and which refuses the switches that open its window.
// The kind is stored in the package itself: neither its name nor the environment can change it.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusedSwitch, refusedSwitches } from '../../../electron/main/arguments.ts'
import { buildOf } from '../../../electron/main/build.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const appPath = folderOfFile('etc-lane-build-')

const manifest = (value: object): void =>
  writeFileSync(join(appPath, 'package.json'), JSON.stringify(value))
const packaged = (electronKind?: string) => buildOf({ isPackaged: true, appPath, electronKind })
const forTests = { release: false, forTests: true }

describe('a package', () => {
  it('is a release when it was packed on the official Electron', () => {
    manifest({ etcLaneElectron: 'official' })
    expect(packaged()).toEqual({ release: true, forTests: false })
    expect(packaged('unofficial')).toEqual({ release: true, forTests: false })
  })

  it.each([
    { etcLaneElectron: 'unofficial' },
    { etcLaneElectron: 'Official' },
    { etcLaneElectron: true },
    {},
  ])('is for tests with %j, whatever the environment says', (value) => {
    manifest(value)
    expect(packaged('official')).toEqual(forTests)
  })

  it('is for tests without a package.json', () => {
    rmSync(join(appPath, 'package.json'))
    expect(packaged('official')).toEqual(forTests)
  })
})

describe('a checkout', () => {
  it.each([
    ['official', { release: false, forTests: false }],
    ['unofficial', forTests],
    ['own', forTests],
    [undefined, forTests],
  ])('on the Electron %s', (electronKind, build) => {
    manifest({ etcLaneElectron: 'official' })
    expect(buildOf({ isPackaged: false, appPath, electronKind })).toEqual(build)
  })
})

describe('the switches of Chromium', () => {
  it.each(refusedSwitches)('a release refuses --%s, a build for tests does not', (name) => {
    const has = (wanted: string): boolean => wanted === name
    expect([refusedSwitch([], has, true), refusedSwitch([], has, false)]).toEqual([name, null])
  })

  it('refuses nothing that was not given', () => {
    expect(refusedSwitch([], () => false, true)).toBe(null)
  })
})
