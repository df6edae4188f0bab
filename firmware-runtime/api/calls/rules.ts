// The call about the rules of the lot's province. A row of the one table in table.ts.
// Nothing here moves anything.
import { z } from 'zod'
import type { RulesView } from '../rules-views.ts'
import { read } from '../rows.ts'

export const rulesCalls = {
  'rules.get': read<Record<string, never>, RulesView>(z.strictObject({})),
} as const
