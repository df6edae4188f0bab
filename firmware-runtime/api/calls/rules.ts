// The call about the rules of the lot's province. A row of the one table in table.ts.
// Nothing here moves anything.
import { z } from 'zod'
import type { RulesView } from '../rules-views.ts'
import { read, reply } from '../rows.ts'

export const rulesCalls = {
  'rules.get': read('everyone', () => z.strictObject({}), reply<RulesView>(), { rest: 'folder' }),
} as const
