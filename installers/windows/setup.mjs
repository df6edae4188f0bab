// Packs a folder as a zip and as an installer for Windows, built by Debian's makensis. The folder's contents are
// defined in windows.mjs and studio-windows.mjs.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { laneVersion } from '../lane/lay.mjs'
import { pathsBelow, setRights, setTimes, steadyEnv } from '../lane/steady.mjs'

const backslashed = (path) => path.replaceAll('$', '$$$$').replaceAll('/', '\\')

/** What the set-up laid, one path a line, folders at the end and the deepest first; the next set-up and the uninstaller read it. */
const listName = 'installed-files.txt'

function listOf(tree) {
  const all = pathsBelow(tree)
  const odd = all.find(({ path }) => /[^ -~]/.test(path))
  if (odd !== undefined) throw new Error(`${odd.path}: the list of a set-up is read as ASCII`)
  const names = (of) => all.filter(({ isFolder }) => isFolder === of).map(({ path }) => path)
  const lines = [
    ...names(false),
    ...names(true)
      .toReversed()
      .map((path) => `${path}/`),
  ]
  return lines.map((path) => `${path.replaceAll('/', '\\')}\r\n`).join('')
}

/** Rows of the script that lay every file, in one order: `File /r` takes that of the file system. */
function filesOf(tree, list) {
  const all = pathsBelow(tree)
  const folders = all.filter(({ isFolder }) => isFolder).map(({ path }) => path)
  const files = all.filter(({ isFolder }) => !isFolder).map(({ path }) => [path, `${tree}/${path}`])
  return [
    ...folders.map((folder) => `  CreateDirectory "$INSTDIR\\${backslashed(folder)}"`),
    ...[...files, [listName, list]].map(
      ([path, from]) => `  !insertmacro Lay "${backslashed(path)}" "${from}"`,
    ),
  ].join('\n')
}

/** Functions of the set-up (`un` empty) and of its uninstaller, which share none in NSIS. */
const functionsOf = (un, program) => `
; $1: a path below $INSTDIR. Leaves its name free and $2 = 1; $2 = 0 where another program lets nobody rename the file.
Function ${un}SetAside
  StrCpy $2 1
  Delete "$INSTDIR\\$1.old-*"
  IfFileExists "$INSTDIR\\$1" 0 done
  StrCpy $3 0
again:
  StrCpy $4 1
number:
  IfFileExists "$INSTDIR\\$1.old-$4" 0 move
  IntOp $4 $4 + 1
  Goto number
move:
  ; Windows renames a program that runs, and a file whose reader lets it.
  ClearErrors
  Rename "$INSTDIR\\$1" "$INSTDIR\\$1.old-$4"
  IfErrors 0 moved
  ; A virus scanner lets it go soon.
  IntOp $3 $3 + 1
  IntCmp $3 12 held
  Sleep 250
  Goto again
held:
  StrCpy $2 0
  Goto done
moved:
  Delete "$INSTDIR\\$1.old-$4"
  IfFileExists "$INSTDIR\\$1.old-$4" 0 done
  Delete /REBOOTOK "$INSTDIR\\$1.old-$4"
  !insertmacro Say "aside $1"
done:
FunctionEnd

; Removes what the list of the version that is there names.
Function ${un}RemoveListed
  ClearErrors
  FileOpen $5 "$INSTDIR\\${listName}" r
  IfErrors end
next:
  ClearErrors
  FileRead $5 $1
  IfErrors close
  StrCpy $1 $1 -2
  StrCpy $6 $1 1 -1
  StrCmp $6 "\\" folder
  Call ${un}SetAside
  StrCmp $2 1 next
  !insertmacro Say "left $1"
  StrCpy $Left "$Left$1$\\r$\\n"
  Goto next
folder:
  StrCpy $1 $1 -1
  RMDir "$INSTDIR\\$1"
  Goto next
close:
  FileClose $5
end:
FunctionEnd
${
  program === undefined
    ? ''
    : `
; Asks the window to close, as a click on its cross does, and again each two seconds, for ten seconds.
Function ${un}CloseWindow
again:
  StrCpy $3 0
  IfFileExists "$INSTDIR\\${program}" 0 done
look:
  ; A program that runs cannot be opened for writing.
  ClearErrors
  FileOpen $4 "$INSTDIR\\${program}" a
  IfErrors runs
  FileClose $4
  Goto done
runs:
  IntOp $4 $3 % 8
  IntCmp $4 0 0 +2 +2
  nsExec::ExecToLog 'taskkill /IM "${program}"'
  IntOp $3 $3 + 1
  IntCmp $3 40 stays
  Sleep 250
  Goto look
stays:
  !insertmacro Say "open ${program}"
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(stays)" /SD IDCANCEL IDRETRY again
done:
FunctionEnd
`
}`

const texts = {
  stays: [
    '窗口还开着。请先关闭它,再点“重试”。点“取消”照样继续:正在用的文件先改名放在一旁,重新打开窗口后才是新版本。',
    'The window is still open. Close it, then press Retry. Cancel goes on all the same: files in use are moved aside, and the new version comes when the window is opened again.',
  ],
  isLot: [
    '这个文件夹里有停车场的数据,程序不能装在里面。请另选一个文件夹。',
    'This folder holds the data of a car park, and no program is put into it. Choose another folder.',
  ],
  noRoom: [
    '磁盘空间不够,什么都没有改动。这个程序要 $5 MB,请腾出空间后再装一次。',
    'The disk is too full, and nothing was changed. The program takes $5 MB: make room, then install again.',
  ],
  restart: [
    '有些文件一直被别的程序占着,重新启动电脑后才换成新的。',
    'Another program holds some files; they become the new ones when the computer restarts.',
  ],
  failed: [
    '有些文件没有写成。请看程序文件夹里的 setup.log,腾出磁盘空间或关闭占用的程序后,再装一次。',
    'Some files could not be written. See setup.log in the folder of the program, make room or close what holds them, and install again.',
  ],
  noService: [
    '程序已经装好,但车道没有设成开机启动。请看 setup.log,再以管理员身份运行 etc-lane install。',
    'The program is installed, but the lanes were not made to start with the machine. See setup.log, then run etc-lane install as administrator.',
  ],
}
const textRows = Object.entries(texts)
  .map(
    ([name, [zh, en]]) =>
      `LangString ${name} \${LANG_SIMPCHINESE} "${zh}"\nLangString ${name} \${LANG_ENGLISH} "${en}"`,
  )
  .join('\n')

/** Rows of the script for each task of a further folder (windows-task.ts): its name is in $9, its folder in $7. */
const eachFurther = (label, rows) => `
  StrCpy $6 0
${label}:
  EnumRegValue $9 HKLM "Software\\etc-lane" $6
  StrCmp $9 "" ${label}Done
  IntOp $6 $6 + 1
  StrCmp $9 "Data" ${label}
  ReadRegStr $7 HKLM "Software\\etc-lane" "$9"${rows.map((row) => `\n  ${row}`).join('')}
  Goto ${label}
${label}Done:
  ClearErrors`
const ended = [
  `nsExec::ExecToLog 'schtasks /Change /TN "$9" /DISABLE'`,
  `nsExec::ExecToLog 'schtasks /End /TN "$9"'`,
]
const removed = [
  ...ended,
  `nsExec::ExecToLog 'schtasks /Delete /F /TN "$9"'`,
  `nsExec::ExecToLog 'netsh advfirewall firewall delete rule name="$9"'`,
  `nsExec::ExecToLog 'netsh advfirewall firewall delete rule name="$9-update"'`,
]

/** The lanes become a service of the machine by their own command, for the folder of `/DATA=` or the one of before. */
const serviceRows = (lanes) => `
  \${GetParameters} $0
  ClearErrors
  \${GetOptions} $0 "/DATA=" $7
  IfErrors 0 +2
  ReadRegStr $7 HKLM "Software\\etc-lane" "Data"
  StrCpy $8 0
  StrCmp $7 "" serviced
  nsExec::ExecToStack '"$INSTDIR\\${lanes}node.exe" "$INSTDIR\\${lanes}dist\\runtime\\main.mjs" install --data "$7" --json'
  Pop $8
  Pop $9
  !insertmacro Say "install $8 $9"
serviced:
  StrCmp $8 0 0 noService
  StrCmp $7 "" begin running
noService:
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(noService)" /SD IDOK
begin:
  nsExec::ExecToLog 'schtasks /Change /TN etc-lane /ENABLE'
  nsExec::ExecToLog 'schtasks /Run /TN etc-lane'
running:${eachFurther('again', [
  `nsExec::ExecToStack '"$INSTDIR\\${lanes}node.exe" "$INSTDIR\\${lanes}dist\\runtime\\main.mjs" install --data "$7" --json'`,
  'Pop $8',
  'Pop $5',
  '!insertmacro Say "install $9 $8 $5"',
  `nsExec::ExecToLog 'schtasks /Change /TN "$9" /ENABLE'`,
  `nsExec::ExecToLog 'schtasks /Run /TN "$9"'`,
])}`

/** The installer's script; its paths are those of this machine, and none of them gets into the installer. */
const setupScript = ({
  tree,
  list,
  file,
  title,
  version,
  program,
  lanes = '',
  quick,
}) => `Target amd64-unicode
${quick ? 'SetCompress off' : 'SetCompressor /SOLID lzma'}
!include "MUI2.nsh"
!include "FileFunc.nsh"
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
${textRows}
!define KEY "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${title}"

; What became of files in use, for people who support the lot; open from the first row on.
Var Log
; Lines of the older list whose files could not be renamed: the next set-up tries again.
Var Left
; 1: a file waits for a restart of the machine, or could not be written at all.
Var Restart
Var Failed

!macro Say text
  FileWrite $Log "\${text}$\\r$\\n"
  DetailPrint "\${text}"
!macroend

!macro Lay name source
  StrCpy $1 "\${name}"
  Call Free
  File "/oname=$0" "\${source}"
  Call Laid
!macroend
${functionsOf('', program)}${functionsOf('un.', program)}
; $1: a path below $INSTDIR; $0: where its new file is written.
Function Free
  Call SetAside
  StrCpy $0 "$INSTDIR\\$1"
  StrCmp $2 1 +2
  StrCpy $0 "$0.next"
  ClearErrors
FunctionEnd

Function Laid
  IfErrors 0 written
  StrCpy $Failed 1
  !insertmacro Say "failed $1"
  Return
written:
  StrCmp $2 1 done
  Delete /REBOOTOK "$INSTDIR\\$1"
  Rename /REBOOTOK "$0" "$INSTDIR\\$1"
  StrCpy $Restart 1
  !insertmacro Say "restart $1"
done:
FunctionEnd

Section "-" everything
  SetRegView 64
  ; The rights of this folder are closed below: never that of a lot. NSIS refuses a whole disk by itself.
  IfFileExists "$INSTDIR\\lot.json" isLot
  IfFileExists "$INSTDIR\\ledger.db" isLot
  Goto noLot
isLot:
  MessageBox MB_OK|MB_ICONSTOP "$(isLot)" /SD IDOK
  SetErrorLevel 2
  Quit
noLot:
  CreateDirectory "$INSTDIR"
  FileOpen $Log "$INSTDIR\\setup.log" w
  ; A file that does not fit ends NSIS at once, in the middle and without a row: the room is judged before anything is touched.
  ClearErrors
  \${GetRoot} "$INSTDIR" $0
  \${DriveSpace} "$0\\" "/D=F /S=M" $1
  IfErrors room
  \${GetSize} "$INSTDIR" "/S=0M" $2 $3 $4
  IntOp $1 $1 + $2
  SectionGetSize \${everything} $5
  IntOp $5 $5 / 1024
  IntOp $5 $5 + 1
  IntCmp $1 $5 room 0 room
  !insertmacro Say "room $5 MB"
  FileClose $Log
  MessageBox MB_OK|MB_ICONSTOP "$(noRoom)" /SD IDOK
  SetErrorLevel 2
  Quit
room:
  ; A task of an older version holds its files, and its trigger of each minute would begin it again.
  nsExec::ExecToLog 'schtasks /Change /TN etc-lane /DISABLE'
  nsExec::ExecToLog 'schtasks /End /TN etc-lane'${eachFurther('end', ended)}
${program === undefined ? '' : '  Call CloseWindow\n'}  Call RemoveListed
${filesOf(tree, list)}
  FileOpen $5 "$INSTDIR\\${listName}" a
  FileSeek $5 0 END
  FileWrite $5 $Left
  FileClose $5
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
${serviceRows(lanes)}
  FileClose $Log
  StrCmp $Failed 1 0 +4
  MessageBox MB_OK|MB_ICONSTOP "$(failed)" /SD IDOK
  SetErrorLevel 2
  Return
  StrCmp $Restart 1 0 +3
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(restart)" /SD IDOK
  ; ERROR_SUCCESS_REBOOT_REQUIRED, for who installs silently.
  SetErrorLevel 3010
SectionEnd

Section "Uninstall"
  SetRegView 64
  nsExec::ExecToLog 'schtasks /Change /TN etc-lane /DISABLE'
  nsExec::ExecToLog 'schtasks /End /TN etc-lane'
  nsExec::ExecToLog 'schtasks /Delete /F /TN etc-lane'
  nsExec::ExecToLog 'netsh advfirewall firewall delete rule name=etc-lane'
  nsExec::ExecToLog 'netsh advfirewall firewall delete rule name=etc-lane-update'${eachFurther('remove', removed)}
${program === undefined ? '' : '  Call un.CloseWindow\n'}  ; Only what was laid: a file that a person put here stays, and so does its folder.
  Call un.RemoveListed
  Delete "$INSTDIR\\${listName}"
  Delete "$INSTDIR\\setup.log"
  Delete /REBOOTOK "$INSTDIR\\uninstall.exe"
  RMDir "$INSTDIR"
${program === undefined ? '' : `  SetShellVarContext all\n  Delete "$SMPROGRAMS\\${title}.lnk"`}
  DeleteRegKey HKLM "Software\\etc-lane"
  DeleteRegKey HKLM "\${KEY}"
SectionEnd
`

/**
 * Returns both files and the installer's input. Folder `title` of `work` is packed under that name; `name`: base name
 * of the files, `program`: what the menu entry starts, `lanes`: the folder of the lanes in it, such as `lanes\\`. `quick`:
 * without compression, for tests.
 */
export function packTree({
  out,
  quick,
  work,
  title,
  name,
  program,
  lanes,
  version = laneVersion(),
}) {
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
  const list = join(work, 'installed-files.txt')
  writeFileSync(list, listOf(tree))
  setTimes(list)
  writeFileSync(script, setupScript({ tree, list, file, title, version, program, lanes, quick }))
  const args = ['-INPUTCHARSET', 'UTF8', '-WX', '-V4', script]
  const env = steadyEnv()
  const log = execFileSync('makensis', args, { env, encoding: 'utf8', maxBuffer: 64 << 20 })
  return {
    zip,
    setup: file,
    packed: log.split('\n').flatMap((row) => /^File: "(.+?)"/.exec(row)?.[1] ?? []),
  }
}
