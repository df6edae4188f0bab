// Runs work in a separate thread, which begins with an empty heap and loads its modules with Node alone, so that what
// is counted there belongs to the work, and not to the test runner or another test.
import { setFlagsFromString } from 'node:v8'
import { parentPort, Worker } from 'node:worker_threads'

/** Optimised code does not count its calls, and the time of optimisation depends on the machine, so it is off. */
const compilers = ['opt', 'maglev']

/** Runs a file in a thread; resolves to what it reported. */
export async function inThread<T>(file: URL): Promise<T> {
  for (const name of compilers) setFlagsFromString(`--no-${name}`)
  try {
    return await new Promise<T>((resolve, reject) => {
      new Worker(file, { execArgv: [] })
        .once('message', resolve)
        .once('error', reject)
        .once('exit', (code) => reject(new Error(`${file.href} ended (${code}) and told nothing`)))
    })
  } finally {
    for (const name of compilers) setFlagsFromString(`--${name}`)
  }
}

/** Reports the counts; called once by the file itself. */
export const tell = (counts: object): void => parentPort?.postMessage(counts)
