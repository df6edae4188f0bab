// Rules for clocks and threads (design.md section 2): where time may be read, and what
// the hot thread may load. Both are tables; the made-up trees of the test must be refused.
import { dirname } from 'node:path/posix'
import { isRelative, resolveFrom, type ImportGraph } from './imports.ts'
import type { Tree } from './tree.ts'

/** Folders whose files ask the machine for time or chance; every other one gets both through ports. */
export const asking = [
  'acceptance/desk/commands',
  'acceptance/desk/folder',
  'base/api',
  'base/crypto',
  'base/desk/commands',
  'base/desk/process',
  'base/desk/service',
  'base/files',
  'base/process',
  'base/time',
  'base/worker',
  'devices/desk/commands',
  'devices/desk/commands/profile',
  'devices/find',
  'devices/intake',
  'devices/links',
  'lane/desk/commands',
  'lane/folder',
  'lane/sqlite',
  'ledger/copies',
  'ledger/desk/backup',
  'ledger/desk/transfer',
  'money/partners',
  'runtime/api',
  'runtime/commands',
  'runtime/host',
  'runtime/service',
  'runtime/site',
  'runtime/slots',
  'runtime/update',
  'survey/desk/commands',
  'survey/files',
  'survey/instruments',
]
const isAsking = (path: string): boolean =>
  /^firmware-runtime\/(?:main\.ts$|harness\/|simulators\/)/.test(path) ||
  asking.some((folder) => dirname(path) === `firmware-runtime/${folder}`)
const timeWords =
  /\b(Date\.now|new Date|performance\.now|hrtime|setTimeout|setInterval|setImmediate|Math\.random|randomUUID)\b/

/** The transport clock may be made and named only here: it never becomes business time. */
const transportRooms = [
  'firmware-runtime/base/process/',
  'firmware-runtime/ledger/http/',
  'firmware-runtime/runtime/',
  'firmware-runtime/harness/',
  'firmware-runtime/simulators/',
]

const uncommented = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')

export function clockFaults(tree: Tree): string[] {
  const faults: string[] = []
  for (const [path, text] of tree) {
    if (!path.endsWith('.ts') || !path.startsWith('firmware-runtime/')) continue
    const code = uncommented(text)
    const word = timeWords.exec(code)?.[0]
    if (word !== undefined && !isAsking(path))
      faults.push(`${path} reads time or chance by itself: ${word}`)
    const wall = /\btransport:\s*\w*[cC]lock/.test(code)
    if (wall && !transportRooms.some((room) => path.startsWith(room)))
      faults.push(`${path} names the transport clock`)
  }
  return faults
}

/** Composition: desks and the runtime without their commands and handlers, and the folder of a lot. */
const composition =
  /^firmware-runtime\/(?:\w+\/desk\/(?!commands|handlers)|runtime\/(?!api|calls|commands|control|ports|pure|slots)|lane\/folder\/)/
const timerWords = /\b(?:setTimeout|setInterval|setImmediate|systemMonoClock)\(/

/**
 * Files of the composition with timers of their own, beside the clock that a lot owns (base/process/owned-timers.ts), and why.
 * Below a folder everything is meant.
 */
export const ownTimers: Readonly<Record<string, string>> = {
  'runtime/host/host.ts': 'makes the clock that the lot owns',
  'runtime/host/hosted.ts': 'ends its process, with or without a lot',
  'runtime/host/resting-lot.ts': 'a lot that does not run: no lanes',
  'runtime/host/workbench.ts': 'devices without a lot',
  'runtime/service/keep-running.ts': 'a process that begins the lanes again',
  'survey/desk/worker/': 'a worker, and measurements that a person begins',
  'ledger/desk/list/list-work.ts': 'a worker',
  'ledger/desk/transfer/carry.ts': 'a command and a worker',
  'lane/desk/setup/try-': 'tries that a person begins, in the set-up',
  'ledger/desk/backup/holder-here.ts': 'one question at a start, before the lanes',
  'runtime/update/dry-start.ts': 'a command beside the lanes',
  'devices/desk/bench/': 'the find page, which a person opens',
  'acceptance/desk/folder/questions.ts': 'a run that a person begins',
  'runtime/host/lane-passports.ts': 'one look at a device that a person asks for',
  'lane/desk/setup/joint-link.ts': 'a run that a person begins',
  'lane/desk/setup/platform-probe.ts': 'a question of a command',
  'runtime/site/site.ts':
    'a proof of the ciphers behind the start, which ends the process where it fails',
}

const ownTimersAt = (path: string): string | undefined =>
  Object.keys(ownTimers).find((start) => path.startsWith(`firmware-runtime/${start}`))

/** Timers that no owner stops, and rows of the table that name no timer. */
export function timerFaults(tree: Tree): string[] {
  const own = [...tree].filter(
    ([path, text]) =>
      composition.test(path) && path.endsWith('.ts') && timerWords.test(uncommented(text)),
  )
  const used = new Set(own.map(([path]) => ownTimersAt(path)))
  return [
    ...own.flatMap(([path]) =>
      ownTimersAt(path) === undefined ? [`${path} has a timer that no owner stops`] : [],
    ),
    ...Object.keys(ownTimers).flatMap((start) => (used.has(start) ? [] : [`${start}: no timer`])),
  ]
}

/** Queries, totals, checks, exports and backups run in the worker, on a read-only connection. */
const workerOnly = [
  'ledger-reader',
  'queries',
  'plate-index',
  'totals',
  'sums',
  'sheet',
  'verify',
  'export',
  'backup',
].map((name) => `firmware-runtime/ledger/sqlite/${name}.ts`)
const hotEntry = 'firmware-runtime/runtime/site/site.ts'

/** Files that the hot thread loads, each with the file that imported it first. */
function closure(graph: ImportGraph, entry: string): Map<string, string> {
  const from = new Map([[entry, '']])
  for (const path of from.keys())
    for (const found of graph.get(path) ?? []) {
      if (found.typeOnly || !isRelative(found.specifier)) continue
      const target = resolveFrom(path, found.specifier)
      if (!from.has(target)) from.set(target, path)
    }
  return from
}

export function threadFaults(graph: ImportGraph): string[] {
  const loaded = closure(graph, hotEntry)
  return workerOnly
    .filter((path) => loaded.has(path))
    .map((path) => `the hot thread loads ${path} through ${loaded.get(path) ?? ''}`)
}
