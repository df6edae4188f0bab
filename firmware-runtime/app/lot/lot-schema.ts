// The schema of lot.json, made of its rows (core/lot/lot-members.ts), and the JSON Schema that is published of it.
// What only the whole can say is checked in lot-file.ts.
import { z } from 'zod'
import { fileSchema } from '../../api/member-schema.ts'
import { lotMembers } from '../../core/lot/lot-members.ts'

export const lotSchema = fileSchema(lotMembers).meta({
  id: 'lot',
  title: 'Car park of ETC Lane Studio',
  description: 'Money is integer fen.',
})

/** Of the file as people write it: members that have a default may be missing. */
export const lotJsonSchema = (): unknown => z.toJSONSchema(lotSchema, { io: 'input' })
