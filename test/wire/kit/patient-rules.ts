// Rules of a lot with whose acceptance a busy machine has time: no deadline of seconds is judged.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function keepPatientRules(dir: string): void {
  const within = { within: { value: 86_400, unit: 's', basis: 'assumed' } }
  const pack = { id: 'patient', standard: 'DBJT45/T 065-2024', province: '45', over: 'guangxi' }
  const rules = { format: 1, ...pack, rules: { F2: { thresholds: within } } }
  writeFileSync(join(dir, 'rules.json'), JSON.stringify(rules))
}
