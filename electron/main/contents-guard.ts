// What no page may do, wherever it was opened from: for each web-contents and session that is ever made,
// a window, a frame's guest, developer tools or one that a later version adds.
import { app, session, type Session, type WebContents } from 'electron'
import { appOrigin } from './app-protocol.ts'

const isOurs = (url: string): boolean => url.startsWith(`${appOrigin}/`)

/** Our own page may go to our own page; nobody else goes anywhere. */
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

/** A file that our page made may be saved; nothing is fetched into the folder for downloads. */
function guardSession(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault()
  })
}

/** Before the first window: what exists already is guarded as what comes. */
export function guardAll(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('session-created', guardSession)
  guardSession(session.defaultSession)
}
