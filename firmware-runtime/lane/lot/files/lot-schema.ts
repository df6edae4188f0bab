// The schema of lot.json, made from its rows (base/pure/lot/lot-members.ts), and the JSON Schema published from it. Checks
// over the whole file are in lot-file.ts.
import { z } from 'zod'
import { fileSchema } from '../../calls/member-schema.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'

export const lotSchema = fileSchema(lotMembers).meta({
  id: 'lot',
  title: 'Car park of ETC Lane Studio',
  description: 'Money is integer fen.',
})

/** For the file as people write it: members with a default may be absent. */
export const lotJsonSchema = (): unknown => z.toJSONSchema(lotSchema, { io: 'input' })
