// Checks what a cut during the first set-up has left: no lot, and the set-up then makes it; or the whole lot, and
// its next change is accepted. Half a lot must never exist, and a lot that was acknowledged must never be lost.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '#base/pure/data/json.ts'
import { keptFiles, replaceLot } from '#lane/desk/folder/kept-lot.ts'
import { setupFile } from '#lane/desk/folder/setup-file.ts'
import { makeLot } from './setup-lot.ts'
import type { Verdict } from './states.ts'

export const judgeSetup =
  (whole: string) =>
  (dir: string, acknowledged: number): Verdict => {
    const isThere = existsSync(join(dir, 'lot.json'))
    const draft = setupFile(dir).read() === null ? 'no draft' : 'a draft'
    const letter = isThere ? 'the lot' : draft
    if (!isThere && acknowledged > 0) return { end: 'lost', letter, detail: 'told as made' }
    try {
      if (!isThere) makeLot(dir)
      const files = keptFiles(dir)
      const now = canonicalJson(files)
      if (now !== whole) return { end: 'broken', letter, detail: now }
      if (files !== null)
        replaceLot(dir, { ...files.config, district: '西区' }, { by: '店主', reason: '改' })
      const isChanged = keptFiles(dir)?.config.district === '西区'
      return { end: isChanged ? 'ok' : 'broken', letter, detail: 'the next change' }
    } catch (error) {
      return { end: 'broken', letter, detail: String(error) }
    }
  }
