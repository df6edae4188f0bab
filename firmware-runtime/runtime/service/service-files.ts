// The files that make a machine a lane computer: the unit of `etc-lane run`, rights for its ports, no sleep.
// Texts only; service-install.ts installs them.

export const unitName = 'etc-lane.service'
export const unitFile = `/etc/systemd/system/${unitName}`
/** Path of the unit in the Debian package, and the folder of its lot. */
export const packagedUnit = `/usr/lib/systemd/system/${unitName}`
export const packagedDir = '/var/lib/etc-lane'
const rulesFile = '/etc/udev/rules.d/60-etc-lane.rules'
const sleepFile = '/etc/systemd/sleep.conf.d/etc-lane.conf'
const lidFile = '/etc/systemd/logind.conf.d/etc-lane.conf'

export interface ServicePlan {
  readonly dir: string
  /** Full paths of Node and the program. */
  readonly node: string
  readonly program: string
  /** Absent: root. */
  readonly user?: string | undefined
}

interface ServiceFile {
  readonly what: 'unit' | 'ports' | 'sleep' | 'lid'
  readonly path: string
  readonly text: string
}

/** Quotes one word of a unit's command, so that per cent and dollar signs have no meaning. */
export const quoted = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`

/** A path in a condition of a unit: unquoted, up to the end of the line. */
const plain = (path: string): string => path.replaceAll('%', '%%')

/**
 * MB of each half of the new space: a start would take three times as much and keep it (ADR 94). Code that
 * is not run is dropped sooner (ADR 240).
 */
export const engine = ['--max-semi-space-size=4', '--optimize-for-size']

/**
 * Without these settings the C library gives each thread a heap of its own, some 20 MB unused, and keeps the memory of
 * a document: with them a large block is returned to the system when it is freed (ADR 240).
 */
export const allocator = [
  'MALLOC_ARENA_MAX=1',
  'MALLOC_MMAP_THRESHOLD_=65536',
  'MALLOC_TRIM_THRESHOLD_=65536',
].join(' ')

function unitText({ dir, node, program, user }: ServicePlan): string {
  const command = [node, ...engine, program, 'run', '--data', dir].map(quoted).join(' ')
  const owner =
    user === undefined ? '' : `User=${user}\nSupplementaryGroups=dialout plugdev lp input\n`
  return `# Written by etc-lane install. A lane that ends is started again, for ever; one that hangs is ended first.
[Unit]
Description=ETC Lane Studio: lanes of a car park
After=local-fs.target network.target time-sync.target
ConditionPathExists=${plain(`${dir}/lot.json`)}
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
ExecStart=${command}
${owner}Environment=${allocator}
Restart=always
RestartSec=200ms
WatchdogSec=20
TimeoutStartSec=120
TimeoutStopSec=8
KillMode=mixed
MemoryHigh=400M
MemoryMax=700M
TasksMax=256
LimitNOFILE=8192
OOMScoreAdjust=-500
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`
}

const rulesText = `# Written by etc-lane install. Ports of antennas, barriers and scanners: no modem program takes them, none sleeps.
SUBSYSTEM=="tty", KERNEL=="ttyUSB*|ttyACM*", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"
SUBSYSTEM=="hidraw", GROUP="plugdev", MODE="0660"
ACTION=="add", SUBSYSTEM=="usb", TEST=="power/control", ATTR{power/control}="on"
`

const sleepText = `# Written by etc-lane install. A lane computer never sleeps.
[Sleep]
AllowSuspend=no
AllowHibernation=no
AllowSuspendThenHibernate=no
AllowHybridSleep=no
`

const lidText = `# Written by etc-lane install. A lid that is closed ends nothing.
[Login]
HandleLidSwitch=ignore
HandleSuspendKey=ignore
IdleAction=ignore
`

export const serviceFiles = (plan: ServicePlan): readonly ServiceFile[] => [
  { what: 'ports', path: rulesFile, text: rulesText },
  { what: 'sleep', path: sleepFile, text: sleepText },
  { what: 'lid', path: lidFile, text: lidText },
  { what: 'unit', path: unitFile, text: unitText(plan) },
]

/** Quotes one word of PowerShell literally. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
/** Quotes one word of a Windows command line; a backslash before the closing quote is doubled. */
export const argument = (text: string): string => `"${text.replace(/(\\+)$/, '$1$1')}"`

/**
 * Prevents sleep, hibernation and a closed lid from stopping the lanes, and USB ports from being switched off. Uses
 * setting ids, because a machine may lack their names; a missing setting, such as the lid's, is not an error.
 */
const noSleepOfWindows = [
  ...['standby', 'hibernate'].flatMap((state) =>
    ['ac', 'dc'].map((power) => `powercfg /change ${state}-timeout-${power} 0`),
  ),
  ...[
    // Buttons and lid: the action of closing the lid. USB: selective suspend.
    '4f971e89-eebd-4455-a8de-9e59040e7347 5ca83367-6e45-459f-a27b-476b1d01c936',
    '2a737441-1930-4402-8d77-b2bebba308a3 48e6b7a6-50f5-4782-a5d4-53bb8f07e226',
  ].flatMap((setting) =>
    ['ac', 'dc'].map((power) => `powercfg /set${power}valueindex SCHEME_CURRENT ${setting} 0`),
  ),
  'powercfg /setactive SCHEME_CURRENT',
]

export const windowsScriptFile = (dir: string): string => `${dir}\\etc-lane-service.ps1`

/**
 * A task that starts with the machine, the rights of the folder, the firewall rule for pushing cameras, and no standby.
 * It begins with a UTF-8 mark, which PowerShell 5 needs for Chinese text; rights use numeric ids, because their names
 * are translated.
 */
export function windowsScript({ dir, node, program }: ServicePlan): string {
  const words = [...engine, program, 'run', '--data', dir].map(argument).join(' ')
  const rights = ['*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F'].map(literal).join(' ')
  const lines = [
    '# Written by etc-lane install. Run it as administrator. A task that ends is begun again after a minute.',
    "$ErrorActionPreference = 'Stop'",
    `$lanes = New-ScheduledTaskAction -Execute ${literal(node)} -Argument ${literal(words)}`,
    '$begin = New-ScheduledTaskTrigger -AtStartup',
    '$rules = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries',
    'Register-ScheduledTask -TaskName etc-lane -Action $lanes -Trigger $begin -Settings $rules -User SYSTEM -RunLevel Highest -Force | Out-Null',
    `icacls ${literal(dir)} /inheritance:r /grant:r ${rights} ('{0}:(OI)(CI)M' -f [Security.Principal.WindowsIdentity]::GetCurrent().Name)`,
    'Remove-NetFirewallRule -DisplayName etc-lane -ErrorAction SilentlyContinue',
    `New-NetFirewallRule -DisplayName etc-lane -Direction Inbound -Action Allow -Profile Private -Program ${literal(node)} | Out-Null`,
    ...noSleepOfWindows,
    'Start-ScheduledTask -TaskName etc-lane',
  ]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

export const windowsCommand = (dir: string): string =>
  `powershell -NoProfile -ExecutionPolicy Bypass -File ${argument(windowsScriptFile(dir))}`

export const windowsRemovals: readonly string[] = [
  'schtasks /End /TN etc-lane',
  'schtasks /Delete /F /TN etc-lane',
  'netsh advfirewall firewall delete rule name=etc-lane',
]
