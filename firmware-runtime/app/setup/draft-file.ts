// setup.json: what was answered so far when a lot is set up, read with the field that is wrong.
// An absent part is a form that nobody has saved yet.
import { issueWhy } from '../../core/values/issue-why.ts'
import { setupDraft, type SetupDraft } from '../../api/setup-draft.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { jsonPointer } from '../../core/values/json.ts'
import { readStrictJson } from '../strict-json.ts'

export const emptyDraft: SetupDraft = { version: 1 }

/** Throws FILE-02 or SETUP-04. */
export function readDraft(source: Uint8Array | string, file: string): SetupDraft {
  const parsed = setupDraft.safeParse(readStrictJson(source, file))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = jsonPointer([...(issue?.path ?? []), ...extra])
  throw new LaneFault('SETUP-04', { file, field, note: issueWhy(issue) })
}

export const draftText = (draft: SetupDraft): string => `${JSON.stringify(draft, null, 2)}\n`
