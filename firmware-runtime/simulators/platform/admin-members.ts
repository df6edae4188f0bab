// Members of requests to the platform's administration: texts by name, or a refusal with the field.
// Shared by the routes of applications and questions.
import { LaneFault } from '../../core/faults/faults.ts'

export const refuse = (field: string, value: unknown, note: string): LaneFault =>
  new LaneFault('ARG-01', { field: `/${field}`, value: JSON.stringify(value) ?? '', note })

export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** A text of 1 to 2000 characters. */
export function textIn(members: Readonly<Record<string, unknown>>, name: string): string {
  const value = members[name]
  if (typeof value !== 'string' || value.trim() === '' || value.length > 2000)
    throw refuse(name, value, 'a text of 1 to 2000 characters')
  return value
}
