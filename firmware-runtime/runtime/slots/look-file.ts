// `update/look.json` of a data folder: what the looks for a newer version found.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { KeptLook } from '../pure/update/look.ts'
import type { ReleaseFile } from '../pure/update/offer.ts'
import { isReleaseFile } from '../pure/update/release-file.ts'
import { parsed } from '#base/pure/data/json.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { writeJson } from './slots-file.ts'
import { updateFolder } from './trust-file.ts'

const text = z.string()
const time = text.refine((value) => parseIso(value) !== null)
const lookShape = z.looseObject({
  sinceIso: time,
  triedIso: time.nullable(),
  found: z
    .looseObject({
      atIso: time,
      from: text,
      is: z.enum(['newer', 'same', 'older']),
      file: z.custom<ReleaseFile>(isReleaseFile),
    })
    .nullable(),
  failed: z
    .looseObject({
      code: text,
      note: text.or(z.looseObject({ zh: text, en: text })),
      from: text,
      sinceIso: time,
    })
    .nullable(),
}) satisfies z.ZodType<KeptLook>

const fileIn = (dir: string): string => join(updateFolder(dir), 'look.json')

/** Null where this lot never looked, or where the file is none of ours: then it looks again. */
export function keptLook(dir: string): KeptLook | null {
  const file = fileIn(dir)
  return existsSync(file)
    ? (lookShape.safeParse(parsed(readFileSync(file, 'utf8'))).data ?? null)
    : null
}

export const keepLook = (dir: string, look: KeptLook): void => writeJson(fileIn(dir), dir, look)
