// etc-lane: one program file, five ways to be started: worker, process of a document, hosted by Studio, Windows task, command line.
// Parts are loaded when they are needed, so that the worker does not carry devices and platforms along.
import { existsSync } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join, resolve } from 'node:path'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { isMainThread, workerData } from 'node:worker_threads'
import type { ReaderWorkerData } from './lane/sqlite/reader-worker.ts'
import type { ListWorkerData } from './ledger/desk/list/worker-client.ts'
import type { PapersWorkerData } from './acceptance/desk/papers/worker-client.ts'
import type { ProfileWorkerData } from './devices/desk/profile/worker-client.ts'
import type { PaperWorkerData } from './base/desk/document/paper-process.ts'
import type { SurveyWorkerData } from './survey/desk/worker/worker-client.ts'
import { catchStops } from './base/process/stops.ts'
import type { TransferWorkerData } from './ledger/desk/transfer/transfer-worker.ts'

/** Longer than a last line of output takes. */
const lingerMs = 2_000
/** Of both halves of the new space of a simulation: with more of it no run is shorter (ADR 243). */
const simulatedNewSpaceBytes = 32 * 1024 * 1024
/** By then a lane is up, and what its start compiled is known. */
const compiledAfterMs = 5_000

/**
 * The built program keeps what the engine compiled beside itself: who can write there can change the
 * program as well. Where nobody can write, nothing is kept.
 */
function keepCompiled(): void {
  if (!import.meta.filename.endsWith('.mjs')) return
  enableCompileCache(join(import.meta.dirname, 'compiled'))
  setTimeout(flushCompileCache, compiledAfterMs).unref()
}

/** What runs for years, or beside what does: commands that end by themselves may take what they need. */
const isLane = (name: string | undefined): boolean =>
  name !== undefined && ['run', 'demo', 'host'].includes(name)
const isSimulator = (name: string | undefined): boolean => name?.endsWith('-sim') === true

const simulates = (name: string | undefined): boolean => name === 'sim' || name === 'replay'

/** The engine doubles its new space when much lives through a collection: this lives until it is large enough. */
function growNewSpace(): void {
  const kept: number[][][] = []
  const size = (): number =>
    getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0
  for (let piece = 0; piece < 64 && size() < simulatedNewSpaceBytes; piece++)
    kept.push(Array.from({ length: 1_024 }, () => Array.from({ length: 64 }, () => piece)))
}

/**
 * New objects of a turn die with it. Left alone the engine gives them up to 64 MB, which it takes at a
 * start, when they are many, and keeps (docs/performance.md). What stays holds the room that its first half
 * took while it was loaded: with the room that a program begins with, the collections while it loads take as
 * long as the loading.
 */
async function setEngine(name: string | undefined): Promise<void> {
  if (isLane(name)) await import('./lane/folder/lot-file.ts')
  else if (isSimulator(name)) await import('./commands.ts')
  else if (simulates(name)) {
    // A simulation has one core: who else would collect, and what they say to each other, takes a twentieth of it.
    setFlagsFromString('--no-parallel-scavenge')
    growNewSpace()
  } else return
  setFlagsFromString('--semi-space-growth-factor=1')
  // Of each thread: left alone the engine collects at four times what lives, and the process keeps that room.
  setFlagsFromString('--heap-growing-percent=40')
}

type WorkerData =
  | ReaderWorkerData
  | ListWorkerData
  | TransferWorkerData
  | SurveyWorkerData
  | ProfileWorkerData
  | PapersWorkerData
  | PaperWorkerData

const isWorker = <K extends WorkerData['kind']>(
  data: unknown,
  kind: K,
): data is Extract<WorkerData, { kind: K }> =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === kind

/** Each worker loads its own part alone: what another needs would stay in memory beside the lanes. */
async function serveWorker(): Promise<void> {
  const data: unknown = workerData
  if (isWorker(data, 'reader')) {
    const { serveReader } = await import('./lane/sqlite/reader-worker.ts')
    serveReader(data)
  } else if (isWorker(data, 'list')) {
    const { serveListWorker } = await import('./ledger/desk/list/worker.ts')
    serveListWorker()
  } else if (isWorker(data, 'transfer')) {
    const { serveTransferWorker } = await import('./ledger/desk/transfer/transfer-worker.ts')
    serveTransferWorker()
  } else if (isWorker(data, 'surveys')) {
    const { serveSurveyWorker } = await import('./acceptance/desk/worker/worker.ts')
    serveSurveyWorker(data)
  } else if (isWorker(data, 'profiles')) {
    const { serveProfileWorker } = await import('./devices/desk/profile/worker.ts')
    serveProfileWorker(data)
  } else if (isWorker(data, 'papers')) {
    const { servePapersWorker } = await import('./acceptance/desk/papers/worker.ts')
    servePapersWorker(data)
  } else if (isWorker(data, 'paper')) {
    const { servePaperWorker } = await import('./base/desk/document/paper-process.ts')
    servePaperWorker()
  } else throw new Error('assertion failed: no worker of ours')
}

/** Not run by the version that an update put beside: they work on that version, or have no lanes. */
const ownWords: readonly (string | undefined)[] = ['host', 'keep-running', 'lay-out', 'update']
/** Acts of `update` that compare with the version that runs, or read its ledger. */
const actsOfSlot: readonly (string | undefined)[] = ['check', 'fetch', 'prepare']

/** The data folder of a command line that another program may have to run; null: none may. */
function chosenFolder([name, ...args]: readonly string[]): string | null {
  if (process.env['ETC_LANE_CHOSEN'] !== undefined) return null
  if (ownWords.includes(name) && !(name === 'update' && actsOfSlot.includes(args[0]))) return null
  const at = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='))
  const dir = args[at]?.slice('--data='.length) || args[at + 1]
  if (at < 0 || dir === undefined) return null
  return existsSync(join(dir, 'update', 'slots.json')) ? dir : null
}

/** The exit code of the program that runs this command line in place of this one; null: this one does. */
async function runElsewhere(): Promise<number | null> {
  const words = process.argv.slice(2)
  const dir = isMainThread ? chosenFolder(words) : null
  if (dir === null) return null
  const { runChosen } = await import('./runtime/update/become.ts')
  return runChosen(resolve(dir), words)
}

/** Answers the exit code; a worker lives on until it is ended. */
async function begin(): Promise<number> {
  if (!isMainThread) {
    await serveWorker()
    return 0
  }
  if (process.argv[2] === 'host') {
    const { hostBehind, parentPortHere } = await import('./runtime/host/hosted.ts')
    const parent = parentPortHere()
    if (parent !== null)
      return hostBehind(parent, async (...given) => {
        const { openStudioDemo } = await import('./harness/demo/studio-demo.ts')
        return openStudioDemo(...given)
      })
  }
  if (process.argv[2] === 'lay-out') {
    const { layOutForParent } = await import('./base/desk/document/paper-process.ts')
    return layOutForParent()
  }
  if (process.argv[2] === 'keep-running') {
    const { keepRunning } = await import('./runtime/service/keep-running.ts')
    return keepRunning(process.argv.slice(3))
  }
  const { runProgram } = await import('./runtime/commands/program.ts')
  const { commands } = await import('./commands.ts')
  return runProgram(process.argv.slice(2), commands)
}

// A stop in the first moments is an ordered end too, and no crash of a version on trial.
if (isMainThread && process.argv[2] === 'run') catchStops()
// Ledger, photos and keys are the owner's alone, also in a folder that somebody else made.
if (isMainThread) process.umask(0o077)
if (isMainThread) keepCompiled()
const elsewhere = await runElsewhere()
if (isMainThread && elsewhere === null) await setEngine(process.argv[2])
const code = elsewhere ?? (await begin())
// Electron keeps a utility process for its port, which nobody closes: it ends by its own word.
if (isMainThread && Reflect.get(process, 'parentPort') !== undefined) process.exit(code)
process.exitCode = code
// What could not run has closed what it opened; whatever still holds the process does not hold it for ever.
if (isMainThread && code > 1) setTimeout(() => process.exit(code), lingerMs).unref()
