// Prints a page of a report to PDF: in a hidden, sandboxed window without scripts, in a session of its own.
// The page gets its two fonts and nothing else; it has no access to disk or network.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BrowserWindow, session, type Session } from 'electron'

const reportPolicy = [
  `default-src 'none'`,
  `style-src 'unsafe-inline'`,
  `img-src data:`,
  `font-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

const origin = 'app://report'
const fonts: Readonly<Record<string, string>> = {
  '/fonts/regular.ttf': 'regular.ttf',
  '/fonts/bold.ttf': 'bold.ttf',
}
const headers = { 'content-security-policy': reportPolicy, 'x-content-type-options': 'nosniff' }

/** The answers of the session: the page being printed, its fonts, or 404. */
async function reportAnswer(
  url: string,
  page: string | null,
  fontFolder: string,
): Promise<Response> {
  const { pathname } = new URL(url)
  if (pathname === '/' && page !== null)
    return new Response(page, {
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    })
  const font = Object.hasOwn(fonts, pathname) ? fonts[pathname] : undefined
  if (font === undefined) return new Response('not found', { status: 404, headers })
  const bytes = new Uint8Array(await readFile(join(fontFolder, font)))
  return new Response(bytes, { headers: { ...headers, 'content-type': 'font/ttf' } })
}

/** An in-memory session, so that nothing of a report is stored. */
function lockedSession(answer: (url: string) => Promise<Response>): Session {
  const own = session.fromPartition('report')
  own.webRequest.onBeforeRequest(({ url }, say) => say({ cancel: !/^(?:app|data):/.test(url) }))
  own.protocol.handle('app', ({ url }) => answer(url))
  return own
}

export class ReportWindow {
  readonly #fontFolder: string
  #session: Session | null = null
  #page: string | null = null
  /** Prints one page at a time. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(fontFolder: string) {
    this.#fontFolder = fontFolder
  }

  /** Rejects when `stop` is aborted; its window is then closed. */
  print(html: string, stop: AbortSignal): Promise<Uint8Array> {
    const printed = this.#turn.then(() => this.#print(html, stop))
    this.#turn = printed.catch(() => undefined)
    return printed
  }

  async #print(html: string, stop: AbortSignal): Promise<Uint8Array> {
    stop.throwIfAborted()
    this.#session ??= lockedSession((url) => reportAnswer(url, this.#page, this.#fontFolder))
    this.#page = html
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: this.#session,
        javascript: false,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    })
    const { webContents } = window
    const end = (): void => window.destroy()
    stop.addEventListener('abort', end, { once: true })
    try {
      await window.loadURL(`${origin}/`)
      return await webContents.printToPDF({
        printBackground: true,
        preferCSSPageSize: true,
        pageSize: 'A4',
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      })
    } finally {
      this.#page = null
      stop.removeEventListener('abort', end)
      if (!window.isDestroyed()) window.destroy()
    }
  }
}
