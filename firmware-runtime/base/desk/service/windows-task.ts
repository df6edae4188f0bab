// What makes a Windows machine a lane computer: the task with its two triggers, the rights of the data folder, the rule
// of the firewall and no sleep. Texts and commands only; service-install.ts runs them.
import { taskEveryMs } from '#lane/pure/lot/service-ends.ts'
import { engine, type ServicePlan } from './service-files.ts'
import { firstName } from './service-names.ts'

/** First word of the program that begins the lanes again (main.ts). */
const keepWord = 'keep-running'

export const taskFile = (dir: string): string => `${dir}\\etc-lane-task.xml`

/** Quotes one word of a Windows command line; a backslash before the closing quote is doubled. */
export const windowsArgument = (text: string): string => `"${text.replace(/(\\+)$/, '$1$1')}"`

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const inXml = (text: string): string => text.replace(/[&<>]/g, (mark) => marks[mark] ?? mark)

/**
 * The task of `schtasks /XML`, which wants UTF-16. RestartCount is absent on purpose: it repeats a start that failed, never
 * a program that ended (MS-TSCH 2.5.4.2). The action begins the lanes again, and the second trigger begins the action.
 */
export function taskXml({ dir, name = firstName, node, program }: ServicePlan): string {
  const further = name === firstName ? [] : ['--name', name]
  const words = [...engine, program, keepWord, '--data', dir, ...further]
    .map(windowsArgument)
    .join(' ')
  const lines = [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '<RegistrationInfo><Description>ETC Lane Studio: lanes of a car park</Description></RegistrationInfo>',
    '<Triggers>',
    '<BootTrigger><Enabled>true</Enabled></BootTrigger>',
    `<TimeTrigger><Repetition><Interval>PT${taskEveryMs / 60_000}M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition><StartBoundary>2000-01-01T00:00:00</StartBoundary><Enabled>true</Enabled></TimeTrigger>`,
    '</Triggers>',
    // The local system, by its id: its name is translated.
    '<Principals><Principal id="lanes"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>',
    '<Settings>',
    '<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '<AllowHardTerminate>true</AllowHardTerminate>',
    '<StartWhenAvailable>true</StartWhenAvailable>',
    '<RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>',
    '<AllowStartOnDemand>true</AllowStartOnDemand>',
    '<Enabled>true</Enabled>',
    '<RunOnlyIfIdle>false</RunOnlyIfIdle>',
    '<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    // 4 is a normal process; a task has 7 by itself, below normal.
    '<Priority>4</Priority>',
    '</Settings>',
    `<Actions Context="lanes"><Exec><Command>${inXml(node)}</Command><Arguments>${inXml(words)}</Arguments></Exec></Actions>`,
    '</Task>',
  ]
  return `${lines.join('\r\n')}\r\n`
}

/**
 * Prevents sleep, hibernation and a closed lid from stopping the lanes, and USB ports from being switched off. Uses
 * setting ids, because a machine may lack their names; a missing setting, such as the lid's, is not an error.
 */
const noSleep: readonly (readonly string[])[] = [
  ...['standby', 'hibernate'].flatMap((state) =>
    ['ac', 'dc'].map((power) => ['/change', `${state}-timeout-${power}`, '0']),
  ),
  ...[
    // Buttons and lid: the action of closing the lid. USB: selective suspend.
    ['4f971e89-eebd-4455-a8de-9e59040e7347', '5ca83367-6e45-459f-a27b-476b1d01c936'],
    ['2a737441-1930-4402-8d77-b2bebba308a3', '48e6b7a6-50f5-4782-a5d4-53bb8f07e226'],
  ].flatMap((setting) =>
    ['ac', 'dc'].map((power) => [`/set${power}valueindex`, 'SCHEME_CURRENT', ...setting, '0']),
  ),
  ['/setactive', 'SCHEME_CURRENT'],
  // Also ends fast start-up, by which shutting down hibernates the services, and a start of the machine is none.
  ['/hibernate', 'off'],
]

interface WindowsStep {
  readonly words: readonly string[]
  /** Its failure is no fault: what it removes or sets may not be there. */
  readonly mayFail?: true
}

/** Rights by numeric ids, because their names are translated: system and administrators, and who installs. */
export function rightsCommands(dir: string, account: string): readonly (readonly string[])[] {
  const grants = ['*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', `${account}:(OI)(CI)M`]
  return [
    ['icacls', dir, '/inheritance:r', '/grant:r', ...grants],
    // What is in it has the rights of the folder and none of its own.
    ['icacls', `${dir}\\*`, '/reset', '/T', '/C', '/Q'],
  ]
}

/** installers/windows/setup.mjs reads it: the folder of each task, by the task's name; of the first one as `Data`. */
export const folderKey = 'HKLM\\SOFTWARE\\etc-lane'
export const valueOf = (name: string): string => (name === firstName ? 'Data' : name)
const firewall = ['netsh', 'advfirewall', 'firewall'] as const
const withoutRule = (name: string): readonly string[] => [
  ...firewall,
  ...['delete', 'rule', `name=${name}`],
]
/**
 * Every profile and port: a network of cameras is unidentified and so public. Who may push is told by intake.allow, and
 * requests of billing systems are signed.
 */
const ruleFor = (name: string, node: string): readonly string[] => [
  ...firewall,
  ...['add', 'rule', `name=${name}`, 'dir=in', 'action=allow', 'profile=any', `program=${node}`],
]
const updateRule = (name: string): string => `${name}-update`

/** A rule is for one program: an update brings a Node of its own. */
export const rulesOfUpdate = (name: string, node: string): readonly (readonly string[])[] => [
  withoutRule(updateRule(name)),
  ruleFor(updateRule(name), node),
]

/** In this order; the task's file is written before. */
export const windowsSteps = (
  { dir, name = firstName, node }: ServicePlan,
  account: string,
): readonly WindowsStep[] => [
  ...rightsCommands(dir, account).map((words) => ({ words })),
  { words: ['schtasks', '/End', '/TN', name], mayFail: true },
  { words: ['schtasks', '/Create', '/TN', name, '/XML', taskFile(dir), '/F'] },
  { words: withoutRule(name), mayFail: true },
  { words: ruleFor(name, node) },
  // The set-up of a newer version makes the lanes a service again, for this folder.
  { words: ['reg', 'add', folderKey, '/v', valueOf(name), '/d', dir, '/f'] },
  ...noSleep.map((words) => ({ words: ['powercfg', ...words], mayFail: true as const })),
  { words: ['schtasks', '/Run', '/TN', name] },
]

/** Disabled first: its second trigger would begin it again. */
export const windowsRemovals = (name: string): readonly (readonly string[])[] => [
  ['schtasks', '/Change', '/TN', name, '/DISABLE'],
  ['schtasks', '/End', '/TN', name],
  ['schtasks', '/Delete', '/F', '/TN', name],
  withoutRule(name),
  withoutRule(updateRule(name)),
  ['reg', 'delete', folderKey, '/v', valueOf(name), '/f'],
]
