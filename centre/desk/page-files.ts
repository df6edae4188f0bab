// The built pages of the desk: index.html and the files of assets/ by exactly their names, read once. They run only
// their own scripts, load nothing from elsewhere, and stand in no frame.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../../firmware-runtime/core/faults/faults.ts'
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Of every answer of the desk. */
export const deskHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

interface PageFile {
  readonly type: string
  readonly bytes: Buffer
}

/** By their paths, `/` for the page. Throws FILE-01 where the pages are not built. */
export function pageFiles(dir: string): ReadonlyMap<string, PageFile> {
  const index = join(dir, 'index.html')
  if (!existsSync(index)) {
    const note = t(
      '页面还没有生成:npm start 会生成',
      'the pages are not built: npm start builds them',
    )
    throw new LaneFault('FILE-01', { file: index, note })
  }
  const fileOf = (path: string): PageFile => ({
    type: types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    bytes: readFileSync(join(dir, path)),
  })
  const assets = existsSync(join(dir, 'assets')) ? readdirSync(join(dir, 'assets')) : []
  return new Map([
    ['/', fileOf('index.html')],
    ...assets.map((name) => [`/assets/${name}`, fileOf(`assets/${name}`)] as const),
  ])
}
