// Members of requests to the platform's administration: texts by name, or a refusal with the field.
// Shared by the routes of applications and questions.
import { refuse, type Members } from '../shell/members.ts'

/** A text of 1 to 2000 characters. */
export function textIn(members: Members, name: string): string {
  const value = members[name]
  if (typeof value !== 'string' || value.trim() === '' || value.length > 2000)
    throw refuse(name, value, 'a text of 1 to 2000 characters')
  return value
}
