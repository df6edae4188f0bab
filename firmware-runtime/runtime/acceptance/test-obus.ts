// Test OBUs of a lot as a person declared them: DIR/test-obus.json. Some interfaces of antennas never tell whether an OBU has
// one piece or two; the acceptance asks for both.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TestObu } from '../../acceptance/facts.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { t } from '../../core/values/fault-text.ts'
import { parsed } from '../../core/values/json.ts'
import { readText } from '../process/read-file.ts'

const schema = z.strictObject({
  format: z.literal(1),
  obus: z
    .array(
      z.strictObject({
        obuId: z.string().regex(/^[0-9A-Fa-f]{8}$/),
        pieces: z.union([z.literal(1), z.literal(2)]),
      }),
    )
    .max(1_000),
})

/** None without the file. Throws FILE-02 with the field of what is wrong. */
export function testObusHere(dir: string): readonly TestObu[] {
  const file = join(dir, 'test-obus.json')
  if (!existsSync(file)) return []
  const checked = schema.safeParse(parsed(readText(file)))
  if (checked.success) return checked.data.obus
  const field = `/${checked.error.issues[0]?.path.join('/') ?? ''}`
  // A path of this machine is not told over the API: the name is.
  const note = t('test-obus.json 有误', 'test-obus.json is wrong')
  throw new LaneFault('FILE-02', { file, field, note })
}
