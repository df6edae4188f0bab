// Work of the main process that nobody awaits: it has a name, and a failure is shown instead of lost. The box does not
// hold up the main process, and there is none once the program ends: a page whose load the end cuts off is no failure.
// The lanes run in another process and are not touched.
import { app, dialog } from 'electron'

let isEnding = false
/** Called when the program begins to end. */
export const endsNow = (): void => {
  isEnding = true
}
app.once('before-quit', endsNow)

export function inBackground(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${what}: ${text}\n`)
    if (isEnding || !app.isReady()) return
    const box = dialog.showMessageBox({ type: 'error', message: what, detail: text })
    box.catch(() => undefined)
  })
}
