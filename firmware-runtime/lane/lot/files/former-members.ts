// Converts members of files written by older versions to their present form.
import type { ToldKind } from '#base/pure/lot/destination-members.ts'
import { isObject } from '#base/pure/data/json.ts'

/** Record kinds of an expansion platform in files that do not name them. */
const before: readonly ToldKind[] = ['monitoring']

/** Sets a member at the end of a path, when the object exists and does not have it. */
function saidAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (!isObject(value)) return value
  if (name !== undefined)
    return { ...value, ...(name in value && { [name]: saidAt(value[name], rest) }) }
  return 'records' in value ? value : { ...value, records: before }
}

/**
 * `platformRecords` was a member of its own: false meant that the platform at this path gets no plates and hourly
 * batches. A platform joined later uses the values of its own row.
 */
export function withToldKinds(value: unknown, path: readonly string[]): unknown {
  if (!isObject(value) || typeof value['platformRecords'] !== 'boolean') return value
  const { platformRecords, ...rest } = value
  return platformRecords ? rest : saidAt(rest, path)
}
