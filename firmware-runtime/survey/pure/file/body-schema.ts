// Checks the bodies of survey records from people, files and instruments against their schema (body-shape.ts).
// A refusal names the field and the value; nothing of the refused body is stored.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import type { StoredRecord } from './chain.ts'
import type { SurveyBody, SurveyRecord } from './record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { bodyShape } from './body-shape.ts'

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : null
  return at
}

/** Returns the checked body; throws SURVEY-03 with the first invalid field. `file`: source of the body. */
export function checkedBody(value: unknown, file?: string): SurveyBody {
  const parsed = bodyShape().safeParse(value)
  if (parsed.success) return parsed.data as SurveyBody
  const issue = parsed.error.issues[0]
  const path = issue?.path ?? []
  throw new LaneFault('SURVEY-03', {
    ...(file === undefined ? {} : { file }),
    field: jsonPointer(path),
    value: (JSON.stringify(valueAt(value, path)) ?? 'undefined').slice(0, 80),
    note: issueWhy(issue),
  })
}

/** A record of a file with its body checked, because the file may be hostile. */
export function recordOf(stored: StoredRecord, file: string): SurveyRecord {
  const { seq, id, atMs, by, body } = stored
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new LaneFault('SURVEY-02', { file, field: `/record/${seq}`, note: error.message })
  }
  return { seq, id, atMs, by, body: checkedBody(value, `${file}#${seq}`) }
}
