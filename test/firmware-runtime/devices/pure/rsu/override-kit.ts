// Shared by the tests of overrides: the S3 dialect, an override that changes one thing, base frames.
// The dialect is a JSON file, in the form in which a profile would contain it.
import { readFileSync } from 'node:fs'
import { present } from '#base/pure/values/must.ts'
import type { FrameTable, VariantTable } from '#devices/pure/rsu/table-types.ts'
import type { VariantOverride } from '#devices/pure/rsu/variant-override.ts'
import { rsuVariant, type RsuVariantId } from '#devices/pure/rsu/variants.ts'

const url = new URL('../../../../fixtures/rsu/override-s3.json', import.meta.url)
export const s3 = JSON.parse(readFileSync(url, 'utf8')) as VariantOverride

export const tableOf = (id: RsuVariantId): VariantTable => rsuVariant(id).table

/** An override that changes nothing but what is given. */
export const device = (id: RsuVariantId, over: Partial<VariantOverride>): VariantOverride => ({
  id: 'test-device/1.0',
  extends: id,
  evidence: 'assumed',
  sources: ['made up for this test'],
  ...over,
})

export const frameOf = (id: RsuVariantId, code: string): FrameTable =>
  present(
    tableOf(id).frames.find((f) => f.code === code),
    code,
  )
