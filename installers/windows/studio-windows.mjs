// `npm run package -- --studio-windows`: Studio for Windows with the lanes beside it, as a portable zip and as a setup, from the application
// that electron-builder unpacked. The lanes have a Node of their own, for the task that begins with the machine.
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { laneVersion } from '../lane/lay.mjs'
import { packTree } from './setup.mjs'
import { layWindowsLanes } from './windows.mjs'

/** Answers both files. `unpacked` is the application with its executable `name`. `quick`: not made small, for tests. */
export async function makeStudioWindows(out, unpacked, name, quick) {
  const work = mkdtempSync(join(out, 'windows-'))
  try {
    const title = name === 'etc-lane-studio' ? 'ETC Lane Studio' : 'ETC Lane Studio unofficial'
    renameSync(unpacked, join(work, title))
    await layWindowsLanes(join(work, title, 'lanes'))
    const files = `${name}-${laneVersion()}-win-x64`
    return packTree({ out, quick, work, title, name: files, program: `${name}.exe` })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
