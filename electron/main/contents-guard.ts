// What every page is refused, in each web-contents and session that is ever created:
// windows, embedded frames, developer tools, and any kind that a later version adds.
import { app, session, type Session, type WebContents } from 'electron'
import { appOrigin } from './app-protocol.ts'
import type { FileSaves } from './file-saves.ts'

const isOurs = (url: string): boolean => url.startsWith(`${appOrigin}/`)

/** Allows navigation only within our own origin. */
function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => {
    if (!isOurs(contents.getURL()) || !isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(contents.getURL()) || !isOurs(event.url))
      event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Allows saving a file that our page made; other downloads and all permissions are refused. */
function guardSession(own: Session, saves: FileSaves): void {
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.on('will-download', (event, item) => {
    if (item.getURL().startsWith(`blob:${appOrigin}/`)) saves.begun(item)
    else event.preventDefault()
  })
}

/** Called before the first window; also guards the default session, which exists already. */
export function guardAll(saves: FileSaves): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('session-created', (own) => guardSession(own, saves))
  guardSession(session.defaultSession, saves)
}
