// `npm run package -- --windows`: the lanes for Windows, as a zip and as a setup that Debian's makensis builds.
// Neither was run on a Windows machine; what tests see of both, setup and lanes under wine, is in test/windows/.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layLane, laneVersion } from '../lane/lay.mjs'
import { windowsNode } from '../dev/windows-node.mjs'

/** Told the code page first, for names of folders are Chinese. */
const starter = [
  '@echo off',
  'chcp 65001 >nul',
  '"%~dp0node.exe" "%~dp0dist\\runtime\\main.mjs" %*',
  '',
].join('\r\n')

/** The script of the setup; paths in it are those of this machine, and none comes into the setup. */
const setupScript = ({ tree, file, version, quick }) => `Target amd64-unicode
${quick ? 'SetCompress off' : 'SetCompressor /SOLID lzma'}
!include "MUI2.nsh"
Name "ETC Lane ${version}"
OutFile "${file}"
InstallDir "$PROGRAMFILES64\\ETC Lane"
RequestExecutionLevel admin
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!define KEY "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\ETC Lane"

Section
  SetRegView 64
  ; A task of an older version holds its files.
  nsExec::ExecToLog 'schtasks /End /TN etc-lane'
  SetOutPath "$INSTDIR"
  File /r "${tree}/*"
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  WriteRegStr HKLM "\${KEY}" "DisplayName" "ETC Lane"
  WriteRegStr HKLM "\${KEY}" "DisplayVersion" "${version}"
  WriteRegStr HKLM "\${KEY}" "UninstallString" '"$INSTDIR\\uninstall.exe"'
  ; A ledger in a folder of a long name: for programs that ask the system, as Node does by itself.
  WriteRegDWORD HKLM "SYSTEM\\CurrentControlSet\\Control\\FileSystem" "LongPathsEnabled" 1
  nsExec::ExecToLog 'schtasks /Run /TN etc-lane'
SectionEnd

Section "Uninstall"
  SetRegView 64
  nsExec::ExecToLog 'schtasks /End /TN etc-lane'
  nsExec::ExecToLog 'schtasks /Delete /F /TN etc-lane'
  nsExec::ExecToLog 'netsh advfirewall firewall delete rule name=etc-lane'
  ; The folders of lots lie elsewhere and are never touched.
  RMDir /r "$INSTDIR"
  DeleteRegKey HKLM "\${KEY}"
SectionEnd
`

/** Answers both files. `quick`: not made small, for tests. */
export async function makeWindows(out, quick) {
  const version = laneVersion()
  const work = mkdtempSync(join(tmpdir(), 'etc-lane-windows-'))
  try {
    const tree = join(work, 'ETC Lane')
    layLane(tree, 'win32-x64', await windowsNode())
    writeFileSync(join(tree, 'etc-lane.cmd'), starter)
    mkdirSync(out, { recursive: true })
    const zip = join(out, `etc-lane-${version}-win-x64.zip`)
    rmSync(zip, { force: true })
    execFileSync('zip', ['-qr', quick ? '-0' : '-9', zip, 'ETC Lane'], { cwd: work })
    const setup = join(out, `etc-lane-${version}-win-x64-setup.exe`)
    const script = join(work, 'setup.nsi')
    writeFileSync(script, setupScript({ tree, file: setup, version, quick }))
    const args = ['-INPUTCHARSET', 'UTF8', '-WX', '-V4', script]
    const log = execFileSync('makensis', args, { encoding: 'utf8', maxBuffer: 64 << 20 })
    return {
      zip,
      setup,
      packed: log.split('\n').flatMap((row) => /^File: "(.+?)"/.exec(row)?.[1] ?? []),
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
