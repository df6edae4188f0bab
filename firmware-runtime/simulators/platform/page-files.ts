// The administration page as files: built beside the program, or in the dist folder of a checkout. It runs only its own
// scripts, loads nothing from elsewhere, and refuses to be framed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../../core/faults/faults.ts'
import { RawAnswer, type AdminRoutes } from '../shell/admin.ts'

const places = [
  join(import.meta.dirname, 'platform-page'),
  join(import.meta.dirname, '..', '..', '..', 'dist', 'runtime', 'platform-page'),
]

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

function fileOf(dir: string, name: string): RawAnswer {
  const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return new RawAnswer(type, readFileSync(join(dir, name)), headers)
}

/** GET / is the page, GET /assets/NAME its files: only names in that folder. */
export function pageRoutes(): AdminRoutes {
  const found = (): string => {
    const dir = places.find((place) => existsSync(join(place, 'index.html')))
    if (dir !== undefined) return dir
    const note = 'the page is not built: npm start builds it'
    throw new LaneFault('FILE-01', { file: places.at(-1) ?? '', note })
  }
  return {
    'GET /': () => fileOf(found(), 'index.html'),
    'GET /assets/:id': ({ id }) => {
      const dir = join(found(), 'assets')
      if (readdirSync(dir).includes(id)) return fileOf(dir, id)
      throw new LaneFault('FILE-01', { file: id, note: 'no part of the page' })
    },
  }
}
