// Work in a thread of its own, which begins with an empty heap and loads its modules by Node alone: so that what is counted there
// is of the work, and neither of the test runner nor of another test.
import { parentPort, Worker } from 'node:worker_threads'

/** Runs a file; what it told. */
export const inThread = <T>(file: URL): Promise<T> =>
  new Promise((resolve, reject) => {
    new Worker(file, { execArgv: [] })
      .once('message', resolve)
      .once('error', reject)
      .once('exit', (code) => reject(new Error(`${file.href} ended (${code}) and told nothing`)))
  })

/** Said by the file itself, once. */
export const tell = (counts: object): void => parentPort?.postMessage(counts)
