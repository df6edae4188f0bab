// The files that make a machine a lane computer: the unit of `etc-lane run`, rights for its ports, no sleep.
// Texts only; service-install.ts installs them. Windows: windows-task.ts.

import { againAfter, finalExits, watchdogSec } from '#lane/pure/lot/service-ends.ts'
import { endedFile } from '#runtime/slots/slots-file.ts'
import { firstName, quoted, unitFileOf } from './service-names.ts'

const rulesFile = '/etc/udev/rules.d/60-etc-lane.rules'
const sleepFile = '/etc/systemd/sleep.conf.d/etc-lane.conf'
const lidFile = '/etc/systemd/logind.conf.d/etc-lane.conf'

export interface ServicePlan {
  readonly dir: string
  /** Name of its service; absent: that of the machine's first folder. */
  readonly name?: string
  /** Full paths of Node and the program. */
  readonly node: string
  readonly program: string
  /** Absent: root. */
  readonly user?: string | undefined
  /** Where cameras push to, and which may; the firewall lets them through. */
  readonly intake?: {
    readonly host: string
    readonly port: number
    readonly allow: readonly string[]
  } | null
  /** Where the billing interface listens; the firewall lets every address through, whose requests are signed. */
  readonly published?: { readonly host: string; readonly port: number } | null
  /** Does not wait for the lanes: another program has their folder until then. */
  readonly soon?: boolean
}

interface ServiceFile {
  readonly what: 'unit' | 'ports' | 'sleep' | 'lid'
  readonly path: string
  readonly text: string
}

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

const secondsOf = (ms: number): number => ms / 1_000
const uptime = 'cut -d. -f1 /proc/uptime'
/** Notes when this start began, in seconds of the machine's running time. */
const noteStart = `${uptime} > "$RUNTIME_DIRECTORY/begun"`
/**
 * How the lanes of a folder with updates ended is noted for the choice of the next start ($0: the folder). An end soon after
 * its start is noted too; the next such end waits here, because systemd 252 has one delay only.
 */
const afterEnd = [
  `[ ! -d "$0/update" ] || echo "$SERVICE_RESULT $EXIT_STATUS" > "${endedFile('$0')}"`,
  'cd "$RUNTIME_DIRECTORY" && ran=$(($(' + uptime + ') - $(cat begun)))',
  `if [ "$ran" -ge ${secondsOf(againAfter.quietMs)} ]; then rm -f early`,
  ...finalExits.map((exit) => `elif [ "$EXIT_STATUS" = ${exit} ]; then :`),
  `elif [ -e early ]; then exec sleep ${secondsOf(againAfter.nextMs)}`,
  'else : > early; fi',
].join('; ')
const shell = (script: string): string => `/bin/sh -c ${quoted(script)}`

function unitText({ dir, name = firstName, node, program, user }: ServicePlan): string {
  const command = [node, ...engine, program, 'run', '--data', dir].map(quoted).join(' ')
  const owner =
    user === undefined ? '' : `User=${user}\nSupplementaryGroups=dialout plugdev lp input\n`
  return `# Written by etc-lane install. Lanes that end are started again without a limit, but not after an exit status that says
# that no restart helps; lanes that hang are ended first (docs/operations.md, "How the lanes end").
[Unit]
Description=ETC Lane Studio: lanes of a car park
After=local-fs.target network.target time-sync.target
ConditionPathExists=${plain(`${dir}/lot.json`)}
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
ExecStartPre=${shell(noteStart)}
ExecStart=${command}
ExecStopPost=${shell(afterEnd)} ${quoted(dir)}
${owner}Environment=${allocator}
Restart=always
RestartPreventExitStatus=${finalExits.join(' ')}
RestartSec=${againAfter.firstMs}ms
RuntimeDirectory=${name}
RuntimeDirectoryPreserve=restart
OOMPolicy=continue
WatchdogSec=${watchdogSec}
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
  { what: 'unit', path: unitFileOf(plan.name ?? firstName), text: unitText(plan) },
]
