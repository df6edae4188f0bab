// Work of the main process that nobody awaits: it has a name, and a failure is shown instead of lost.
// The lanes run in another process and are not touched.
import { dialog } from 'electron'

export function inBackground(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${what}: ${text}\n`)
    dialog.showErrorBox('ETC Lane Studio', `${what}: ${text}`)
  })
}
