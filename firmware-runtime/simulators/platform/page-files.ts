// The administration page as files: built beside the program, or in the dist folder of a checkout.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { pageHeaders, pageType } from '#base/pure/data/page-headers.ts'
import { RawAnswer, type AdminRoutes } from '../shell/admin.ts'

const places = [
  join(import.meta.dirname, 'platform-page'),
  join(import.meta.dirname, '..', '..', '..', 'dist', 'runtime', 'platform-page'),
]

const fileOf = (dir: string, name: string): RawAnswer =>
  new RawAnswer(pageType(name), readFileSync(join(dir, name)), pageHeaders)

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
