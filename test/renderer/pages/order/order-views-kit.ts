// The province's rules for the lanes of the scripted lot, made by the runtime's own code.
// Shared by the work order's test and the test of every screen.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { rulesOf } from '#acceptance/desk/handlers/control-rules.ts'

const links = { rsu: null, camera: null, barrier: null, display: null }
const lanes = (['entry', 'exit'] as const).map((id) => ({
  ...links,
  id,
  name: { zh: id, en: id },
  direction: id,
  layout: '7.1.1',
})) satisfies LotConfig['lanes']

export const provinceRules = rulesOf(guangxi, { provinceCode: '4501', lanes })
