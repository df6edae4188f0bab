// Calls of the product that have a meaning only on POSIX: users, modes, signals, kernel files, system programs, ptys.
// The table states what Windows does for each; a call without a row is a fault, and so is a row without a call.
import type { Tree } from './tree.ts'

const kinds = {
  user: /\b(?:gete?[ug]id|sete?[ug]id|userInfo)\b/,
  mode: /\bmode: 0o|, 0o[0-7]{3,4}\b|\bchmod(?:Sync)?\(|Sync\([^)]*\)\.mode\b|\bumask\(/,
  signal: /\bSIG(?:KILL|TERM|INT|HUP|STOP|CONT|USR\d|ABRT)\b|process\.kill\(/,
  file: /['"`]\/(?:etc|dev|proc|sys|run|var|tmp|usr)\//,
  program: /'(?:systemctl|udevadm|systemd-notify|timedatectl|chronyc|mmcli|perl)'/,
  home: /\bhomedir\(\)|XDG_/,
  flag: /\bO_(?:NONBLOCK|NOCTTY)\b/,
  pty: /\bpty:|'socat'|ptmx|\/dev\/pts\b/,
} as const
type PosixKind = keyof typeof kinds

export interface PosixRow {
  readonly kind: PosixKind
  /** Files, or folders that end with a slash. */
  readonly at: readonly string[]
  /** What runs there instead, or why nothing is needed. */
  readonly windows: string
}

const runtime = 'firmware-runtime'
const modesOnWindows =
  'Windows ignores modes: who may read a folder is set once, by icacls in etc-lane install'

export const posixRows: readonly PosixRow[] = [
  {
    kind: 'mode',
    at: [
      'base/api/',
      'base/files/',
      'base/secrets/',
      'base/sqlite/',
      'devices/files/',
      'devices/find/',
      'lane/desk/folder/',
      'lane/folder/',
      'ledger/copies/',
      'ledger/desk/backup/',
      'ledger/files/',
      'ledger/sqlite/',
      'runtime/commands/',
      'runtime/slots/',
      'runtime/update/',
      'survey/files/',
      'survey/sqlite/',
      'base/desk/process/link-lease.ts',
      'acceptance/desk/worker/worker.ts',
    ].map((path) => `${runtime}/${path}`),
    windows: modesOnWindows,
  },
  {
    kind: 'mode',
    at: [`${runtime}/main.ts`],
    windows:
      'the mask hides no file from anybody there (only the owner write bit counts, and it is not in it): who may read is told by icacls alone',
  },
  {
    kind: 'mode',
    at: ['electron/main/restore-lot.ts'],
    windows: 'the temporary folder is that of the user alone, by the rights of the user folder',
  },
  {
    kind: 'mode',
    at: [`${runtime}/harness/`],
    windows: 'simulated lots and surveys: nothing to guard',
  },
  {
    kind: 'mode',
    at: [`${runtime}/runtime/service/service-checks.ts`],
    windows: 'doctor asks for no mode there and names icacls, which alone tells who may read',
  },
  {
    kind: 'mode',
    at: [`${runtime}/runtime/service/service-install.ts`],
    windows: 'writes one script, whose mode is ignored',
  },
  {
    kind: 'user',
    at: [`${runtime}/lane/folder/as-owner.ts`],
    windows:
      'no process changes its account: what is written has the rights of its folder (icacls)',
  },
  {
    kind: 'user',
    at: [`${runtime}/runtime/service/service-install.ts`],
    windows:
      'no user number: the platform is asked first, and an administrator is known by what he may ask',
  },
  {
    kind: 'user',
    at: [`${runtime}/runtime/service/machine-here.ts`],
    windows: 'the platform is asked first: UAC asks for the administrator there',
  },
  {
    kind: 'file',
    at: [`${runtime}/runtime/service/service-install.ts`],
    windows: 'the rule of the Windows firewall is one of windowsSteps',
  },
  {
    kind: 'user',
    at: [`${runtime}/survey/instruments/system-ping.ts`],
    windows: 'no user number, so the slower pace; ping of Windows has arguments of its own there',
  },
  {
    kind: 'user',
    at: [
      `${runtime}/lane/desk/commands/people.ts`,
      `${runtime}/devices/desk/commands/profile/import.ts`,
    ],
    windows: 'userInfo() knows the name of the signed-in user there too',
  },
  {
    kind: 'signal',
    at: [`${runtime}/base/files/process-lock.ts`],
    windows: 'signal 0 asks there too whether a process lives',
  },
  {
    kind: 'signal',
    at: ['electron/main/attached-runtime.ts'],
    windows: 'signal 0 asks there too whether a process lives',
  },
  {
    kind: 'signal',
    at: [
      'electron/main/sim-host.ts',
      'electron/main/utility-child.ts',
      'electron/main/main.ts',
      `${runtime}/runtime/api/messages.ts`,
      `${runtime}/harness/centre/bench-command.ts`,
      `${runtime}/harness/centre/centre-demo.ts`,
      `${runtime}/harness/lot/`,
      `${runtime}/runtime/host/hosted.ts`,
    ],
    windows: 'every signal ends a process at once there, as a power cut does: the ledger stands it',
  },
  {
    kind: 'signal',
    at: [`${runtime}/devices/desk/commands/any-key.ts`, `${runtime}/base/process/stops.ts`],
    windows:
      'Ctrl-C and a console that is closed arrive as SIGINT and SIGHUP; nobody sends SIGTERM',
  },
  {
    kind: 'signal',
    at: [`${runtime}/runtime/update/become.ts`, `${runtime}/runtime/update/dry-start.ts`],
    windows: 'a child is ended at once there: the ledger stands it, and a copy is made anew',
  },
  {
    kind: 'file',
    at: [`${runtime}/runtime/update/chosen-here.ts`],
    windows: 'keep-running names the start of the machine in the environment',
  },
  {
    kind: 'signal',
    at: [`${runtime}/base/desk/document/paper-process.ts`],
    windows:
      'a process that lays out is ended at once there too, and holds nothing but its document',
  },
  {
    kind: 'signal',
    at: [`${runtime}/survey/instruments/system-ping.ts`],
    windows: 'ping is given a count there and ends by itself; what hangs is ended at once',
  },
  {
    kind: 'file',
    at: [`${runtime}/base/secrets/machine-seal.ts`],
    windows: 'the MachineGuid of the registry',
  },
  {
    kind: 'file',
    at: [
      `${runtime}/devices/find/holders.ts`,
      `${runtime}/devices/find/kernel-ports.ts`,
      `${runtime}/devices/find/machine.ts`,
      `${runtime}/survey/instruments/system-congestion.ts`,
    ],
    windows: 'the file is not there: ports are COM names, who holds one is told by opening it',
  },
  {
    kind: 'file',
    at: [`${runtime}/devices/pure/find/port-takers.ts`],
    windows: 'a rule of udev that a person is shown: no program of Windows is named there',
  },
  {
    kind: 'program',
    at: [`${runtime}/devices/find/machine.ts`],
    windows: 'a name in a fault of the serial library on Linux: nothing is run',
  },
  {
    kind: 'program',
    at: [`${runtime}/devices/links/key-link.ts`],
    windows:
      'a scanner that types is read by the window of the attendant: the link says so and stays down',
  },
  {
    kind: 'file',
    at: [`${runtime}/devices/links/hid-link.ts`],
    windows: 'no descriptor: the places of the model are taken',
  },
  {
    kind: 'file',
    at: [`${runtime}/base/time/system-pulse.ts`],
    windows: 'no pulse: the receiver is read by its sentences alone',
  },
  {
    kind: 'file',
    at: [`${runtime}/base/time/clock-setter.ts`],
    windows: 'the lanes never move the clock there: w32tm is shown as the command',
  },
  {
    kind: 'file',
    at: [`${runtime}/devices/pure/find/usb-bridges.ts`],
    windows: 'a rule that is shown for Linux; a COM name stays with its adapter',
  },
  {
    kind: 'file',
    at: [`${runtime}/base/files/process-lock.ts`],
    windows: 'no start time of a process: its number and signal 0 alone tell whether it lives',
  },
  {
    kind: 'file',
    at: ['service-files.ts', 'service-names.ts'].map(
      (file) => `${runtime}/base/desk/service/${file}`,
    ),
    windows: 'windows-task.ts',
  },
  {
    kind: 'file',
    at: [`${runtime}/harness/demo/soak.ts`],
    windows: 'handles and threads are not counted there: memory alone is judged',
  },
  {
    kind: 'file',
    at: [`${runtime}/base/process/program-file.ts`],
    windows: 'node.exe and the file of the program, by their paths',
  },
  {
    kind: 'file',
    at: [`${runtime}/base/desk/service/service-here.ts`],
    windows: 'the state of the task, by PowerShell',
  },
  {
    kind: 'program',
    at: [
      `${runtime}/runtime/service/service-checks.ts`,
      `${runtime}/runtime/service/service-install.ts`,
      `${runtime}/base/desk/service/service-here.ts`,
      `${runtime}/runtime/service/service-others.ts`,
    ],
    windows: 'the platform is asked first: the commands and the task of Windows',
  },
  {
    kind: 'program',
    at: [`${runtime}/base/service/sd-notify.ts`],
    windows: 'no NOTIFY_SOCKET there, so nothing is said; a lane that hangs is not begun again',
  },
  {
    kind: 'program',
    at: [
      `${runtime}/lane/lot/upkeep/machine-ntp.ts`,
      `${runtime}/survey/runs/`,
      `${runtime}/base/ports/tools.ts`,
    ],
    windows: 'the program is absent, which is an answer of its own',
  },
  {
    kind: 'home',
    at: [
      `${runtime}/base/secrets/machine-seal.ts`,
      `${runtime}/harness/centre/centre-demo.ts`,
      `${runtime}/harness/demo.ts`,
      `${runtime}/devices/desk/bench/bench-rsu.ts`,
    ],
    windows: 'the folder of the user there; the XDG name is not set',
  },
  {
    kind: 'flag',
    at: [`${runtime}/devices/links/lp-link.ts`],
    windows:
      'queuePort of the same file: a shared queue of the spooler, one opening a document, never read',
  },
  {
    kind: 'flag',
    at: [`${runtime}/base/files/read-up-to.ts`],
    windows:
      'a path of the disk is a file there: no pipe waits under such a name, and no flag is given',
  },
  {
    kind: 'pty',
    at: [`${runtime}/devices/find/holders.ts`],
    windows:
      'who holds the other end of a pty is asked on Linux alone, behind the file that tells it: ports are COM names there',
  },
  {
    kind: 'pty',
    at: [`${runtime}/harness/`],
    windows: 'simulators listen on TCP: the platform is asked first',
  },
]

const isProduct = (path: string): boolean =>
  path.endsWith('.ts') &&
  /^(?:firmware-runtime|electron)\//.test(path) &&
  !path.startsWith(`${runtime}/simulators/`)

const isCode = (line: string): boolean => !/^\s*(?:\/\/|\/?\*)/.test(line)

const covers = (place: string, path: string): boolean =>
  place.endsWith('/') ? path.startsWith(place) : path === place

export function posixFaults(tree: Tree, rows: readonly PosixRow[] = posixRows): string[] {
  const used = new Set<string>()
  const faults: string[] = []
  for (const [path, text] of tree) {
    if (!isProduct(path)) continue
    const lines = text.split('\n').filter(isCode)
    for (const [kind, shape] of Object.entries(kinds)) {
      if (!lines.some((line) => shape.test(line))) continue
      const places = rows
        .filter((row) => row.kind === kind)
        .flatMap(({ at }) => at.filter((place) => covers(place, path)))
      for (const place of places) used.add(`${kind} ${place}`)
      if (places.length === 0)
        faults.push(`${path}: ${kind} without a row that says what Windows does`)
    }
  }
  const idle = rows.flatMap(({ kind, at }) => at.map((place) => `${kind} ${place}`))
  return [
    ...faults,
    ...idle.filter((row) => !used.has(row)).map((row) => `${row}: nothing is there`),
  ]
}

/** Renames and removals of the lanes that another program's open file would refuse on Windows. */
export const bareRenames = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) =>
    /^firmware-runtime\/(?!harness|simulators)\w+\/(?!pure|calls|ports)/.test(path) &&
    !path.endsWith('/held-path.ts')
      ? [
          ...text.matchAll(
            /\b(?:renameSync|rmSync|unlinkSync)\b|\{[^}]*\} from 'node:fs\/promises'/g,
          ),
        ].flatMap(([name]) =>
          /Sync|\b(?:rename|rm|unlink)\b/.test(name) ? [`${path}: ${name}`] : [],
        )
      : [],
  )

/** Databases opened by an unprefixed path, which Windows would not find beyond 260 characters. */
export const bareDatabases = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) =>
    isProduct(path)
      ? [
          ...text.matchAll(/new DatabaseSync\((?!databasePath\(|':memory:'|''|name,)([^)]*)\)/g),
        ].map(([, name]) => `${path}: ${name}`)
      : [],
  )
