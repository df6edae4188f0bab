// Packs a folder as a zip and as an installer for Windows, built by Debian's makensis. The folder's contents are
// defined in windows.mjs and studio-windows.mjs.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { laneVersion } from '../lane/lay.mjs'
import { pathsBelow, setRights, setTimes, steadyEnv } from '../lane/steady.mjs'

const backslashed = (path) => path.replaceAll('$', '$$$$').replaceAll('/', '\\')

/** Rows of the script that lay every file, in one order: `File /r` takes that of the file system. */
function filesOf(tree) {
  const all = pathsBelow(tree)
  const folders = ['', ...all.filter(({ isFolder }) => isFolder).map(({ path }) => path)]
  const files = all.filter(({ isFolder }) => !isFolder).map(({ path }) => path)
  return folders
    .flatMap((folder) => [
      `  SetOutPath "$INSTDIR${folder === '' ? '' : '\\'}${backslashed(folder)}"`,
      ...files
        .filter((path) => (posix.dirname(path) === '.' ? '' : posix.dirname(path)) === folder)
        .map((path) => `  File "${`${tree}/${path}`.replaceAll('$', '$$$$')}"`),
    ])
    .join('\n')
}

/** The installer's script; its paths are those of this machine, and none of them gets into the installer. */
const setupScript = ({ tree, file, title, version, program, quick }) => `Target amd64-unicode
${quick ? 'SetCompress off' : 'SetCompressor /SOLID lzma'}
!include "MUI2.nsh"
Name "${title} ${version}"
OutFile "${file}"
InstallDir "$PROGRAMFILES64\\${title}"
RequestExecutionLevel admin
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!define KEY "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${title}"

Section
  SetRegView 64
  ; A task of an older version holds its files, and its trigger of each minute would begin it again.
  nsExec::ExecToLog 'schtasks /Change /TN etc-lane /DISABLE'
  nsExec::ExecToLog 'schtasks /End /TN etc-lane'
${filesOf(tree)}
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  ; The system account runs this program: no other may change it, also outside of Program Files (ids: system, administrators, users, and Chromium's sandboxes).
  nsExec::ExecToLog 'icacls "$INSTDIR" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX *S-1-15-2-1:(OI)(CI)RX *S-1-15-2-2:(OI)(CI)RX'
  nsExec::ExecToLog 'icacls "$INSTDIR\\*" /reset /T /C /Q'
${program === undefined ? '' : `  SetShellVarContext all\n  CreateShortCut "$SMPROGRAMS\\${title}.lnk" "$INSTDIR\\${program}"`}
  WriteRegStr HKLM "\${KEY}" "DisplayName" "${title}"
  WriteRegStr HKLM "\${KEY}" "DisplayVersion" "${version}"
  WriteRegStr HKLM "\${KEY}" "UninstallString" '"$INSTDIR\\uninstall.exe"'
  ; A ledger in a folder of a long name: for programs that ask the system, as Node does by itself.
  WriteRegDWORD HKLM "SYSTEM\\CurrentControlSet\\Control\\FileSystem" "LongPathsEnabled" 1
  nsExec::ExecToLog 'schtasks /Change /TN etc-lane /ENABLE'
  nsExec::ExecToLog 'schtasks /Run /TN etc-lane'
SectionEnd

Section "Uninstall"
  SetRegView 64
  nsExec::ExecToLog 'schtasks /Change /TN etc-lane /DISABLE'
  nsExec::ExecToLog 'schtasks /End /TN etc-lane'
  nsExec::ExecToLog 'schtasks /Delete /F /TN etc-lane'
  nsExec::ExecToLog 'netsh advfirewall firewall delete rule name=etc-lane'
  ; The folders of lots lie elsewhere and are never touched.
  RMDir /r "$INSTDIR"
${program === undefined ? '' : `  SetShellVarContext all\n  Delete "$SMPROGRAMS\\${title}.lnk"`}
  DeleteRegKey HKLM "\${KEY}"
SectionEnd
`

/**
 * Returns both files and the installer's input. Folder `title` of `work` is packed under that name; `name`: base name
 * of the files, `program`: what the menu entry starts. `quick`: without compression, for tests.
 */
export function packTree({ out, quick, work, title, name, program }) {
  mkdirSync(out, { recursive: true })
  const zip = join(out, `${name}.zip`)
  rmSync(zip, { force: true })
  const tree = join(work, title)
  setRights(tree)
  setTimes(tree)
  const names = pathsBelow(tree).map(({ path }) => `${title}/${path}\n`)
  // -X: without owner and the times that a file has besides its own.
  const zipArgs = ['-qX', quick ? '-0' : '-9', zip, '-@']
  execFileSync('zip', zipArgs, { cwd: work, env: steadyEnv(), input: names.join('') })
  const file = join(out, `${name}-setup.exe`)
  const script = join(work, 'setup.nsi')
  writeFileSync(script, setupScript({ tree, file, title, version: laneVersion(), program, quick }))
  const args = ['-INPUTCHARSET', 'UTF8', '-WX', '-V4', script]
  const env = steadyEnv()
  const log = execFileSync('makensis', args, { env, encoding: 'utf8', maxBuffer: 64 << 20 })
  return {
    zip,
    setup: file,
    packed: log.split('\n').flatMap((row) => /^File: "(.+?)"/.exec(row)?.[1] ?? []),
  }
}
