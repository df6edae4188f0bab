// The built pages of the desk: index.html and the files of assets/ by exactly their names, read once.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { pageType } from '#base/pure/data/page-headers.ts'

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
    type: pageType(path),
    bytes: readFileSync(join(dir, path)),
  })
  const assets = existsSync(join(dir, 'assets')) ? readdirSync(join(dir, 'assets')) : []
  return new Map([
    ['/', fileOf('index.html')],
    ...assets.map((name) => [`/assets/${name}`, fileOf(`assets/${name}`)] as const),
  ])
}
