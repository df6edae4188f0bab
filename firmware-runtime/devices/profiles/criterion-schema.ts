// The format of a criterion of the profile library: limits and procedure of one row of table D.1 as data.
// The JSON Schema that editors read comes from here, as that of a profile does.
import { z } from 'zod'
import { basis, source } from './schema-parts.ts'

const valueOf = <T extends z.ZodType>(value: T) => z.strictObject({ value, source })
const words = z.string().min(10).max(400)

export const criterionSchema = z
  .strictObject({
    $schema: z.string().max(200).exactOptional(),
    format: z.literal(1),
    item: z.enum(['D6']).meta({ description: 'The row of table D.1 that it judges.' }),
    clause: z.string().min(3).max(120),
    revision: z.int().min(1).max(1_000_000),
    status: z.literal('assumed').meta({ description: 'Shown so until a person cites the text.' }),
    basis: z.array(basis).min(1).max(8),
    triesMin: valueOf(z.int().min(1).max(100_000)),
    readsMax: valueOf(z.int().min(0).max(100_000)),
    obusMin: valueOf(z.int().min(1).max(100)),
    placesMin: valueOf(z.int().min(1).max(100)),
    rounds: valueOf(z.int().min(1).max(100_000)),
    stressDb: valueOf(z.int().min(0).max(20)),
    neighbourDbmMax: valueOf(z.number().min(-140).max(20).nullable()),
    procedure: z.strictObject({ zh: words, en: words, source }),
  })
  .meta({
    title: 'Criterion of a survey row',
    description:
      'Limits and procedure as data. Made from firmware-runtime/devices/profiles/criterion-schema.ts.',
  })
