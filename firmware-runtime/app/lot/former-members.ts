// Members of files that were written before their rows changed, as they are said now.
import type { ToldKind } from '../../core/values/destination-members.ts'

type Members = Readonly<Record<string, unknown>>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the expansion platform had while nothing said that it takes records. */
const before: readonly ToldKind[] = ['monitoring']

/** Says it at the end of a path, where something is there and says nothing of its own. */
function saidAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (!isMembers(value)) return value
  if (name !== undefined)
    return { ...value, ...(name in value && { [name]: saidAt(value[name], rest) }) }
  return 'records' in value ? value : { ...value, records: before }
}

/**
 * `platformRecords` was a member of its own: false, the platform at this path is told of no plates and hours. One that is joined
 * later is told of what its row says then.
 */
export function withToldKinds(value: unknown, path: readonly string[]): unknown {
  if (!isMembers(value) || typeof value['platformRecords'] !== 'boolean') return value
  const { platformRecords, ...rest } = value
  return platformRecords ? rest : saidAt(rest, path)
}
