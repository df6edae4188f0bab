// `npm run package -- --windows`: the lanes for Windows, as a zip and as an installer built by Debian's makensis.
// Neither was run on real Windows; test/windows/ tests both under wine.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layLane, laneVersion } from '../lane/lay.mjs'
import { windowsNode } from '../dev/for-windows.mjs'
import { packTree } from './setup.mjs'

/** Sets the code page first, because folder names are Chinese. */
const starter = [
  '@echo off',
  'chcp 65001 >nul',
  '"%~dp0node.exe" "%~dp0dist\\runtime\\main.mjs" %*',
  '',
].join('\r\n')

/** The lanes as a folder: the program with its Node, and the script that starts it. */
export async function layWindowsLanes(folder) {
  layLane(folder, 'win32-x64', await windowsNode())
  writeFileSync(join(folder, 'etc-lane.cmd'), starter)
}

/** Returns both files. `quick`: without compression, for tests. */
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
