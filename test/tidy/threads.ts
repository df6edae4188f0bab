// Rules for clocks and threads (design.md section 2): where time may be read, and what
// the hot thread may load. Both are tables; the made-up trees of the test must be refused.
import { isRelative, resolveFrom, type ImportGraph } from './imports.ts'
import type { Tree } from './tree.ts'

/** Rooms that get time and randomness only through ports. */
const timelessRooms = ['core', 'ports', 'devices', 'platforms', 'app', 'api'].map(
  (room) => `firmware-runtime/${room}/`,
)
const timeWords =
  /\b(Date\.now|new Date|performance\.now|hrtime|setTimeout|setInterval|setImmediate|Math\.random|randomUUID)\b/

/** The transport clock may be made and named only here: it never becomes business time. */
const transportRooms = [
  'firmware-runtime/adapters/http/',
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
    if (word !== undefined && timelessRooms.some((room) => path.startsWith(room)))
      faults.push(`${path} reads time or chance by itself: ${word}`)
    const wall = /\btransport:\s*\w*[cC]lock/.test(code)
    if (wall && !transportRooms.some((room) => path.startsWith(room)))
      faults.push(`${path} names the transport clock`)
  }
  return faults
}

const runtimeRoom = 'firmware-runtime/runtime/'
const timerWords = /\b(?:setTimeout|setInterval|setImmediate|systemMonoClock)\(/

/**
 * Files of the composition with timers of their own, beside the clock that a lot owns (base/process/owned-timers.ts), and why.
 * Below a folder everything is meant.
 */
export const ownTimers: Readonly<Record<string, string>> = {
  'host/host.ts': 'makes the clock that the lot owns',
  'host/hosted.ts': 'ends its process, with or without a lot',
  'host/resting-lot.ts': 'a lot that does not run: no lanes',
  'host/workbench.ts': 'devices without a lot',
  'service/keep-running.ts': 'a process that begins the lanes again',
  'survey/': 'a worker, and measurements that a person begins',
  'list/list-work.ts': 'a worker',
  'transfer/carry.ts': 'a command and a worker',
  'setup/try-': 'tries that a person begins, in the set-up',
  'backup/holder-here.ts': 'one question at a start, before the lanes',
  'update/dry-start.ts': 'a command beside the lanes',
  'bench/': 'the find page, which a person opens',
  'acceptance/questions.ts': 'a run that a person begins',
  'passport/lane-passports.ts': 'one look at a device that a person asks for',
  'site/joint-link.ts': 'a run that a person begins',
  'site/platform-probe.ts': 'a question of a command',
  'site/site.ts': 'a proof of the ciphers behind the start, which ends the process where it fails',
}

const ownTimersAt = (path: string): string | undefined =>
  Object.keys(ownTimers).find((start) => path.startsWith(`${runtimeRoom}${start}`))

/** Timers that no owner stops, and rows of the table that name no timer. */
export function timerFaults(tree: Tree): string[] {
  const own = [...tree].filter(
    ([path, text]) =>
      path.startsWith(runtimeRoom) && path.endsWith('.ts') && timerWords.test(uncommented(text)),
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
].map((name) => `firmware-runtime/adapters/sqlite/${name}.ts`)
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
