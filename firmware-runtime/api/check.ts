// The check of a call's arguments against its row of the table: what is wrong is named with its value.
// The runtime judges every call by it, and Studio's main process before a call leaves the window.
import type { Why } from '../core/values/faults.ts'
import { issueWhy } from '../core/values/issue-why.ts'
import { jsonPointer } from '../core/values/json.ts'
import { api, type ApiName } from './table.ts'

export const isApiName = (name: string): name is ApiName => Object.hasOwn(api, name)

/** What is asked changes something, so a lost answer leaves it unknown whether it was done. */
export const isActOf = (name: string): boolean => isApiName(name) && api[name].act

interface WrongArgument {
  readonly field: string
  readonly value: string
  readonly note: Why
}
type CheckedArgs =
  | { readonly ok: true; readonly args: unknown }
  | { readonly ok: false; readonly wrong: WrongArgument }

export function checkArgs(name: ApiName, args: unknown): CheckedArgs {
  const parsed = api[name].args.safeParse(args)
  if (parsed.success) return { ok: true, args: parsed.data }
  const issue = parsed.error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...extra]
  const wrong = { field: jsonPointer(path), value: shortValue(args, path) }
  return { ok: false, wrong: { ...wrong, note: issueWhy(issue) } }
}

function shortValue(value: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = value
  for (const key of path)
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return at === undefined ? '' : (JSON.stringify(at) ?? '').slice(0, 80)
}
