// The call about the rules of the lot's province; a row of the table in table.ts.
// It only reads.
import { z } from 'zod'
import type { RulesView } from '#base/calls/rules-views.ts'
import { read, reply } from '#base/calls/rows.ts'

export const rulesCalls = {
  'rules.get': read('everyone', () => z.strictObject({}), reply<RulesView>(), { rest: 'folder' }),
} as const
