// Tune steps of one device in a file: DIR/devices/<id>.tune.json, whole and synced like its settings.
// Its measurements are checked when read; a damaged file throws TUNE-04.
import { issueWhy } from '../../core/values/issue-why.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TuneState } from '../../core/tune/loop.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { TuneStore } from '../../ports/tune-store.ts'
import { writeWhole } from './settings-files.ts'
import { tuneShape } from './tune-shape.ts'

function readStored(file: string): TuneState {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new LaneFault('TUNE-04', { file, note: error instanceof Error ? error.message : '' })
  }
  const parsed = tuneShape().safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = (issue?.path ?? []).map((part) => `/${String(part)}`).join('')
  throw new LaneFault('TUNE-04', { file, field, note: issueWhy(issue) })
}

export function tuneFiles(dir: string, deviceId: string): TuneStore {
  const file = join(dir, 'devices', `${deviceId}.tune.json`)
  return {
    load: () => (existsSync(file) ? readStored(file) : null),
    save: (state) => writeWhole(file, state),
  }
}
