// Acceptance rules of a lot for busy machines: no deadline of seconds is judged, and one sample is enough.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function keepPatientRules(dir: string): void {
  const of = (value: number, unit: string) => ({ value, unit, basis: 'assumed' })
  const response = { thresholds: { within: of(3_600, 's'), samplesMin: of(1, 'count') } }
  const rows = { F2: { thresholds: { within: of(86_400, 's') } }, R1: response, R2: response }
  const pack = { id: 'patient', standard: 'DBJT45/T 065-2024', province: '45', over: 'guangxi' }
  writeFileSync(join(dir, 'rules.json'), JSON.stringify({ format: 1, ...pack, rules: rows }))
}
