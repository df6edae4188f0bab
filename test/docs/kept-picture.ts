// The picture in README.md: a hash of its sources is stored beside it, so that a picture older than its screen is
// detected. test/e2e/demo.test.ts takes it in the real window: ETC_LANE_WRITE_DOCS=1 npm test e2e.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Tree } from '../tidy/tree.ts'

export const pictureFile = 'docs/pictures/lane-board.png'
export const pictureNote = 'docs/pictures/lane-board.json'

export interface PictureNote {
  /** SHA-256 of the picture. */
  readonly picture: string
  /** SHA-256 over the files that draw the screen. */
  readonly madeFrom: string
}

/** The sources of the lane page: its parts, the frame around it, the styles. New words and imports need no new picture. */
const imports = /^import [^;]*? from '[^']*'\n/gm
const draws =
  /^renderer\/(?:pages\/lane\/.*\.(?:ts|vue)$|(?:components\/lane\/Lane\w+\.vue$|shell\/App\.vue$|styles\/))/

/** A file that only moves to another folder draws the same. */
export function screenDigest(tree: Tree): string {
  const sources = [...tree].filter(([path]) => draws.test(path))
  const texts = sources.map(
    ([path, text]) => `${basename(path)}\n${text.replaceAll(imports, '')}\n`,
  )
  return createHash('sha256').update(texts.toSorted().join('')).digest('hex')
}

export const pictureDigest = (root: string): string =>
  createHash('sha256')
    .update(readFileSync(join(root, pictureFile)))
    .digest('hex')
