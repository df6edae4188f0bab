// The format of a device profile, declared once: the program's checks, the types, and the JSON Schema for editors come
// from here. Files keep this order of members.
import { z } from 'zod'
import { deviceKinds } from '../pure/profile/kinds.ts'
import { criterionSchema } from './criterion-schema.ts'
import {
  approval,
  basis,
  codeList,
  deviceSeen,
  firmware,
  limits,
  link,
  migration,
  name,
  nameShape,
  need,
  quirk,
  recognise,
  setting,
  standardRow,
  status,
  title,
  update,
  word,
} from './schema-parts.ts'
import { example, protocol } from './schema-protocol.ts'

/** Version of the format: raised when a member changes its meaning, not when one is added. */
const profileFormat = 1

const listOf = <T extends z.ZodType>(item: T, max: number) => z.array(item).max(max)

/** A profile after its templates were applied. */
export const profileSchema = z
  .strictObject({
    $schema: z.string().max(200).exactOptional(),
    format: z.literal(profileFormat),
    kind: z.enum(deviceKinds),
    vendor: name,
    model: name,
    revision: z.int().min(1).max(1_000_000),
    title,
    status,
    basis: listOf(basis, 32)
      .min(1)
      .meta({ description: 'Where the facts come from; every `source` names one of these ids.' }),
    devicesSeen: listOf(deviceSeen, 64).meta({
      description: 'Units held in hand: there are some exactly when status is verified-on-unit.',
    }),
    recognise: listOf(recognise, 16).meta({
      description: 'How a device of this model shows itself; empty: a person chooses it.',
    }),
    links: listOf(link, 16),
    protocol,
    settings: listOf(setting, 64),
    codeLists: z.record(word, codeList),
    quirks: listOf(quirk, 64),
    firmware: listOf(firmware, 32).meta({ description: 'Versions that this profile is for.' }),
    approvals: listOf(approval, 32)
      .exactOptional()
      .meta({
        description:
          'Tested types with their hardware, each from a named source; left out: not known.',
      }),
    migrations: listOf(migration, 64)
      .exactOptional()
      .meta({
        description:
          'From which firmware a setting counts otherwise: new = old * times[0] / times[1] + plus.',
      }),
    update: update
      .exactOptional()
      .meta({
        description:
          "The maker's published way to update this model, for people to read; left out: none is known.",
      }),
    examples: listOf(example, 128),
    capabilities: z.record(word, z.boolean()),
    limits,
    needs: listOf(need, 64).meta({ description: 'What has to be set on the device, and why.' }),
    standardRows: listOf(standardRow, 64).meta({
      description: 'Every row of tables A.1 to A.3 of DBJT45/T 065-2024 for this kind.',
    }),
  })
  .meta({
    title: 'Device profile of ETC Lane Studio',
    description:
      'One model of a device as data. Made from firmware-runtime/devices/profiles/schema.ts.',
  })
export type Profile = z.output<typeof profileSchema>

/** One or several list entries, for `$use` in profiles. A template cannot use another one. */
export const templateSchema = z.union([
  z.strictObject({
    description: z.string().min(10).max(400),
    item: z.record(z.string(), z.json()),
  }),
  z.strictObject({
    description: z.string().min(10).max(400),
    items: z.array(z.record(z.string(), z.json())).min(1).max(64),
  }),
])

/** Members that are lists, in the order of the format. */
export const listMembers: readonly string[] = Object.entries(profileSchema.shape)
  .filter(([, schema]) => schema instanceof z.ZodArray)
  .map(([member]) => member)

/** In a file an entry of a list may name a template; its other members replace those of the template. */
const useEntry = {
  type: 'object',
  required: ['$use'],
  properties: { $use: { type: 'string', pattern: nameShape.source } },
}

function withUse(schema: z.core.JSONSchema.BaseSchema): unknown {
  const properties = Object.entries(schema.properties ?? {}).map(([member, value]) => {
    if (!listMembers.includes(member) || typeof value === 'boolean') return [member, value]
    const items = { anyOf: [{ $ref: '#/$defs/use' }, value.items] }
    return [member, { ...value, items }]
  })
  return {
    ...schema,
    properties: Object.fromEntries(properties) as Record<string, unknown>,
    $defs: { use: useEntry, ...schema.$defs },
  }
}

/** Contents of device-profiles/schema/, by file name. */
export const publishedSchemas = (): Readonly<Record<string, unknown>> => ({
  'profile.schema.json': withUse(z.toJSONSchema(profileSchema)),
  'template.schema.json': z.toJSONSchema(templateSchema),
  'criterion.schema.json': z.toJSONSchema(criterionSchema),
})

/** `kind/vendor/model`: the place of a profile, and its unique name. */
export const fullId = (p: Pick<Profile, 'kind' | 'vendor' | 'model'>): string =>
  `${p.kind}/${p.vendor}/${p.model}`
