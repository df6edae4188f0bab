// What the rows of the call table say about a call: arguments, guard, right, time limit, and what answers it when the
// lot is stopped. The runtime checks every call by it, and Studio's main process does so before a call leaves the
// window.
import type { Why } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { unseenIn, unseenWords } from '#base/pure/words/visible-text.ts'
import { mayDo, type Role } from '#base/pure/values/roles.ts'
import type { AtRest } from '#base/calls/rows.ts'
import { api, type ApiName } from './table.ts'

export const isApiName = (name: string): name is ApiName => Object.hasOwn(api, name)

/** Whether the call changes something: after a lost answer it is unknown whether it was done. */
export const isActOf = (name: string): boolean => isApiName(name) && api[name].act

/** The fault code of a call without an answer: RUN-05 when it only reads, RUN-03 when it may have been done. */
export const unansweredCode = (name: string): 'RUN-03' | 'RUN-05' =>
  isApiName(name) && api[name].rest !== null ? 'RUN-05' : 'RUN-03'

/** Longer than twice the platform's time limit (P26), so that a slow correct answer still arrives. */
const answerTimeoutMs = 20_000
const longAnswerTimeoutMs = 600_000
/** How long a window waits for the answer to a call, in ms. */
export const answerTimeoutOf = (name: string): number =>
  isApiName(name) && api[name].long ? longAnswerTimeoutMs : answerTimeoutMs

/** The calls refused to a role, so that a window hides them. Null: nobody is signed in. */
export const refusedFor = (role: Role | null): readonly ApiName[] =>
  Object.keys(api).filter(
    (name): name is ApiName => isApiName(name) && !mayDo(role, api[name].right),
  )

const reasons: Readonly<Record<Exclude<AtRest, 'folder'>, BilingualText>> = {
  lanes: t(
    '这是车道、设备和正在办理的事的现况,停着的时候没有',
    'it is what lanes, devices and running work are doing: a stopped lot has none of it',
  ),
  command: t(
    '有自己的命令读取文件夹:report、list status、backup look、rsu list、passport show、survey、profile、lot show',
    'a command of its own reads the folder: report, list status, backup look, rsu list, passport show, survey, acceptance list, profile, lot show',
  ),
}
const changes: BilingualText = t(
  '它会改动停车场,要由运行中的车道来做',
  'it changes the lot, which only its running lanes do',
)

/** Why the folder of a stopped lot cannot answer this call; null: it can. */
export function whyNotAtRest(name: ApiName): BilingualText | null {
  const { rest } = api[name]
  if (rest === null) return changes
  return rest === 'folder' ? null : reasons[rest]
}

interface WrongArgument {
  readonly field: string
  readonly value: string
  readonly note: Why
}
type CheckedArgs =
  | { readonly ok: true; readonly args: unknown }
  | { readonly ok: false; readonly wrong: WrongArgument }

/** Members that are passwords, keys or what a scanner read: not shown as text, or judged by their own reader. */
const asTheyCame: Readonly<Partial<Record<ApiName, string>>> = {
  'backup.place': 'password',
  'lane.payCode': 'code',
  'setup.key': 'value',
}

/** The argument of an act with characters that are not seen: it would enter a row or an upload as another text than a person reads. */
function unseenArgument(name: ApiName, args: unknown): WrongArgument | null {
  const path = api[name].act
    ? unseenIn(args, name.endsWith('.import') ? 'text' : asTheyCame[name])
    : null
  if (path === null) return null
  return { field: jsonPointer(path), value: shortValue(args, path), note: unseenWords }
}

export function checkArgs(name: ApiName, args: unknown): CheckedArgs {
  const parsed = api[name].args.safeParse(args)
  if (parsed.success) {
    const wrong = unseenArgument(name, parsed.data)
    return wrong === null ? { ok: true, args: parsed.data } : { ok: false, wrong }
  }
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
