// The booms that tests raised, in DIR/raised-booms.json: written whole and flushed before a boom moves. An unreadable file
// counts as none, as the position inputs of the barriers still tell.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { removePath } from '#base/files/held-path.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { RaisedBooms } from '../../hosts/raised-booms.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import { readText } from '#base/process/read-file.ts'

const text = z.string()
const schema = z.object({
  version: z.literal(1),
  booms: z.array(
    z.object({
      laneId: text,
      name: z.object({ zh: text, en: text }),
      link: text,
      by: text,
      atIso: text,
      of: z.enum(['setup', 'lane']),
    }),
  ),
})
const bytesMax = 1024 * 1024
const fileIn = (dir: string): string => join(dir, 'raised-booms.json')

const readIn = (dir: string): readonly RaisedBoom[] =>
  existsSync(fileIn(dir))
    ? orIfFault(
        () => schema.safeParse(parsed(readText(fileIn(dir), bytesMax))).data?.booms ?? [],
        [],
      )
    : []

export const raisedBooms = (dir: string): RaisedBooms =>
  new RaisedBooms({
    read: () => readIn(dir),
    write(booms) {
      const file = fileIn(dir)
      orDiskFault({ file }, () => {
        if (booms.length === 0) removePath(file, { force: true })
        else writeWhole(file, `${JSON.stringify({ version: 1, booms }, null, 2)}\n`)
      })
    },
  })
