// Test OBUs of a lot as declared by a person: DIR/test-obus.json. Some antenna interfaces never report whether an OBU
// has one piece or two; the acceptance needs both kinds.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TestObu } from '#ledger/pure/facts.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { testObusMax, type TestObuPorts } from '../service/test-obus.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { parsed } from '#base/pure/data/json.ts'
import { readText } from '#base/process/read-file.ts'

const schema = z.strictObject({
  format: z.literal(1),
  obus: z
    .array(
      z.strictObject({
        obuId: z.string().regex(/^[0-9A-Fa-f]{8}$/),
        pieces: z.union([z.literal(1), z.literal(2)]),
      }),
    )
    .max(testObusMax),
})

const fileOf = (dir: string): string => join(dir, 'test-obus.json')

/** Empty without the file. Throws FILE-02 with the wrong field. */
export function testObusHere(dir: string): readonly TestObu[] {
  const file = fileOf(dir)
  if (!existsSync(file)) return []
  const checked = schema.safeParse(parsed(readText(file)))
  if (checked.success) return checked.data.obus
  const field = `/${checked.error.issues[0]?.path.join('/') ?? ''}`
  // The API shows the file's name only, not its path on this machine.
  const note = t('test-obus.json 有误', 'test-obus.json is wrong')
  throw new LaneFault('FILE-02', { file, field, note })
}

export const testObuPorts = (dir: string): TestObuPorts => ({
  read: () => testObusHere(dir),
  keep(obus) {
    const file = fileOf(dir)
    orDiskFault({ file }, () => writeWhole(file, JSON.stringify({ format: 1, obus })))
  },
})
