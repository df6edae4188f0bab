// Work in a thread of its own, which begins with an empty heap and loads its modules by Node alone: so that what is counted there
// is of the work, and neither of the test runner nor of another test.
import { setFlagsFromString } from 'node:v8'
import { parentPort, Worker } from 'node:worker_threads'

/** What the engine compiles for speed counts its calls no more, and when it does so hangs on the machine. */
const compilers = ['opt', 'maglev']

/** Runs a file; what it told. */
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

/** Said by the file itself, once. */
export const tell = (counts: object): void => parentPort?.postMessage(counts)
