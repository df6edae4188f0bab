// `npm run package -- --windows`: the lanes for Windows, as a zip and as a setup that Debian's makensis builds.
// Neither was run on a Windows machine; what tests see of both, setup and lanes under wine, is in test/windows/.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layLane, laneVersion } from '../lane/lay.mjs'
import { windowsNode } from '../dev/for-windows.mjs'
import { packTree } from './setup.mjs'

/** Told the code page first, for names of folders are Chinese. */
const starter = [
  '@echo off',
  'chcp 65001 >nul',
  '"%~dp0node.exe" "%~dp0dist\\runtime\\main.mjs" %*',
  '',
].join('\r\n')

/** The lanes as a folder: the program with its Node, and what starts it. */
export async function layWindowsLanes(folder) {
  layLane(folder, 'win32-x64', await windowsNode())
  writeFileSync(join(folder, 'etc-lane.cmd'), starter)
}

/** Answers both files. `quick`: not made small, for tests. */
export async function makeWindows(out, quick) {
  const work = mkdtempSync(join(tmpdir(), 'etc-lane-windows-'))
  try {
    const title = 'ETC Lane'
    await layWindowsLanes(join(work, title))
    return packTree({ out, quick, work, title, name: `etc-lane-${laneVersion()}-win-x64` })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
