// Reads setup.json, the answers so far in the set-up of a lot; a refusal names the wrong field. An absent part is a
// form that was not saved yet.
import type { SettingName } from '#base/pure/lot/lot-settings.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { setupDraft, type SetupDraft } from '../../calls/setup-draft.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { withToldKinds } from '../../lot/files/former-members.ts'
import { readStrictJson } from '#base/process/strict-json.ts'

export const emptyDraft: SetupDraft = { version: 1 }

/** Settings that older drafts had in other parts, by their path there. */
const former: readonly (readonly [part: string, member: string, setting: SettingName])[] = [
  ['charge', 'largeFen', 'largeAmountFen'],
  ['charge', 'largeFourEyes', 'largeFourEyes'],
  ['charge', 'largeByCode', 'largeByCode'],
  ['rules', 'scoreMin', 'plateMatch.scoreMin'],
  ['rules', 'marginMin', 'plateMatch.marginMin'],
  ['rules', 'aloneFenMax', 'aloneFenMax'],
  ['keep', 'photoGb', 'upkeep.photoGb'],
]
type Members = Readonly<Record<string, unknown>>
const membersOf = (value: unknown): Members | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null

/** Converts a draft to the present form. */
function renewed(value: unknown): unknown {
  let draft = membersOf(value)
  if (draft === null) return value
  for (const [part, member, setting] of former) {
    const held = membersOf(draft[part])
    if (held === null || !Object.hasOwn(held, member)) continue
    const { [member]: answer, ...rest } = held
    draft = {
      ...draft,
      [part]: rest,
      settings: { [setting]: answer, ...membersOf(draft['settings']) },
    }
  }
  const { rules, ...others } = draft
  return rules !== undefined && Object.keys(membersOf(rules) ?? { rules }).length === 0
    ? others
    : draft
}

/** Throws FILE-02 or SETUP-04. */
export function readDraft(source: Uint8Array | string, file: string): SetupDraft {
  const parsed = setupDraft().safeParse(
    withToldKinds(renewed(readStrictJson(source, file)), ['charge', 'platform']),
  )
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = jsonPointer([...(issue?.path ?? []), ...extra])
  throw new LaneFault('SETUP-04', { file, field, note: issueWhy(issue) })
}

/** Members in the order of their rows, so that equal answers give equal text. */
export const draftText = (draft: SetupDraft): string =>
  `${JSON.stringify(setupDraft().parse(draft), null, 2)}\n`
