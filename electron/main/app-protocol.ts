// The window's own origin, app://ui/: serves the built page and nothing else, with a strict policy.
// Used instead of file://, so that no page can read the disk and the policy is sent as a real header.
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { protocol, type Session } from 'electron'

export const appOrigin = 'app://ui'
export const startPage = `${appOrigin}/index.html`

const contentPolicy = [
  `default-src 'none'`,
  // sql.js compiles WebAssembly; no other code may be compiled.
  `script-src 'self' 'wasm-unsafe-eval'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.opus': 'audio/ogg',
}

/** Must be called before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Path within `folder` for a request, or null when it leads elsewhere. */
function pathOf(folder: string, url: string): string | null {
  const { host, pathname } = new URL(url)
  if (host !== 'ui') return null
  const path = join(folder, decodeURIComponent(pathname))
  return path.startsWith(folder + sep) && Object.hasOwn(types, extname(path)) ? path : null
}

export function serveApp(session: Session, folder: string): void {
  const headers = {
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  }
  session.protocol.handle('app', async ({ url, method }) => {
    const path = method === 'GET' ? pathOf(folder, url) : null
    const bytes = path === null ? null : await readFile(path).catch(() => null)
    if (path === null || bytes === null) return new Response('not found', { status: 404, headers })
    const type = types[extname(path)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': type } })
  })
}
