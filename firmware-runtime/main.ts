// etc-lane: one program file, three ways to be started: reading worker, hosted by Studio, command line.
// Parts are loaded when they are needed, so that the worker does not carry devices and platforms along.
import { isMainThread, workerData } from 'node:worker_threads'

/** Answers the exit code; a worker lives on until it is ended. */
async function begin(): Promise<number> {
  if (!isMainThread) {
    const { isReaderData, serveReader } = await import('./adapters/sqlite/reader-worker.ts')
    if (!isReaderData(workerData)) throw new Error('assertion failed: this program has one worker')
    serveReader(workerData)
    return 0
  }
  if (process.argv[2] === 'host') {
    const { hostBehind, parentPortHere } = await import('./cli/hosted.ts')
    const parent = parentPortHere()
    if (parent !== null) return hostBehind(parent)
  }
  const { runProgram } = await import('./cli/program.ts')
  return runProgram(process.argv.slice(2))
}

const code = await begin()
// Electron keeps a utility process for its port, which nobody closes: it ends by its own word.
if (isMainThread && Reflect.get(process, 'parentPort') !== undefined) process.exit(code)
process.exitCode = code
