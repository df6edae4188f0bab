// `npm run package -- --studio-windows`: Studio for Windows with the lanes, as a portable zip and as an installer, from
// the application that electron-builder unpacked. The lanes have their own Node, for the task that starts at boot.
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { laneVersion } from '../lane/lay.mjs'
import { packTree } from './setup.mjs'
import { layWindowsLanes } from './windows.mjs'

/**
 * Returns both files. `unpacked`: the application with its executable `name`. `quick`: without compression, for tests.
 */
export async function makeStudioWindows(out, unpacked, name, quick) {
  const work = mkdtempSync(join(out, 'windows-'))
  try {
    const title = name === 'etc-lane-studio' ? 'ETC Lane Studio' : 'ETC Lane Studio unofficial'
    renameSync(unpacked, join(work, title))
    await layWindowsLanes(join(work, title, 'lanes'))
    const files = `${name}-${laneVersion()}-win-x64`
    return packTree({
      out,
      quick,
      work,
      title,
      name: files,
      program: `${name}.exe`,
      lanes: 'lanes\\',
    })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
