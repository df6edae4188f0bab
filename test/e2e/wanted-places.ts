// Navigations that pages attempt and their outcome, as the window's process sees them: the guard refuses, or the
// browser does so itself and reports it in the page's console.
import type { ElectronApplication } from 'playwright-core'
import { eventually } from '../kit/eventually.ts'

/** Attempts `go` for each address in turn: each is refused, and no other page navigates. */
export async function goesNowhere(
  app: ElectronApplication,
  places: readonly string[],
  go: (place: string) => Promise<unknown>,
): Promise<void> {
  await app.evaluate(({ webContents }) => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    for (const contents of webContents.getAllWebContents()) {
      // Added after the guard's listener, so that it sees the guard's decision.
      contents.on('will-frame-navigate', ({ defaultPrevented, url }) =>
        told.push(`${defaultPrevented ? 'refused' : 'allowed'} ${url}`),
      )
      contents.on('did-navigate', (_event, url) => told.push(`reached ${url}`))
      contents.on('console-message', ({ message }) => {
        const url = /^Not allowed to load local resource: (.*)$/.exec(message)?.[1]
        if (url !== undefined) told.push(`refused ${url}`)
      })
    }
  })
  const told = () => app.evaluate(() => (globalThis as unknown as { told: string[] }).told)
  const refused: string[] = []
  for (const place of places) {
    refused.push(`refused ${place}`)
    await go(place)
    await eventually(told).toEqual(refused)
  }
}
