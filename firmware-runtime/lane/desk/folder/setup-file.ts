// setup.json of a data folder: the draft of a lot during set-up, and the previous draft for one undo.
// Each file is whole or missing; a folder with a lot keeps the draft that the lot was made from.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '#base/files/whole-file.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import { draftBack } from '../setup/draft-of-lot.ts'
import { draftText, emptyDraft, readDraft } from '../setup/draft-file.ts'
import type { SetupPorts } from '../setup/setup-service.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { keptFiles } from './kept-lot.ts'
import { mustFit } from '../../folder/folder-length.ts'
import { mustBeLocal } from '../../folder/local-folder.ts'
import { readUtf8 } from '#base/process/read-file.ts'
import { renamePath } from '#base/files/held-path.ts'

export const readDraftFile = (file: string): SetupDraft => readDraft(readUtf8(file), file)

/** Renews a draft after lot.json was edited: an old draft would undo that edit. */
export function renewDraft(dir: string): void {
  const file = setupFile(dir)
  const draft = file.read()
  const files = keptFiles(dir)
  if (draft !== null && files !== null) file.write(draftBack(files, draft))
}

export function setupFile(dir: string): SetupPorts['draft'] {
  const [now, before] = [join(dir, 'setup.json'), join(dir, 'setup.before.json')]
  const read = (): SetupDraft | null => (existsSync(now) ? readDraftFile(now) : null)
  return {
    read,
    canUndo: () => existsSync(before),
    write(draft) {
      mustFit(dir)
      if (!existsSync(now)) mustBeLocal(dir)
      const earlier = read() ?? emptyDraft
      if (draftText(draft) === draftText(earlier) && existsSync(now)) return
      orDiskFault({ file: now }, () => {
        mkdirSync(dir, { recursive: true, mode: 0o700 })
        writeWhole(before, draftText(earlier))
        writeWhole(now, draftText(draft))
      })
    },
    undo() {
      if (!existsSync(before)) return false
      readDraftFile(before)
      orDiskFault({ file: now }, () => renamePath(before, now))
      return true
    },
  }
}
