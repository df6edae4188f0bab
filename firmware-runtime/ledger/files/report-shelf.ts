// Scheduled reports on disk: a file is written beside its name, synced, then renamed, and never replaces another.
// Reports made are listed in DIR/reports.json; an unreadable list begins anew without writing a file twice.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ReportShelf, ScheduledState } from '../ports/report-shelf.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { renamePath } from '#base/files/held-path.ts'

const noted = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function stateOf(text: string): ScheduledState {
  try {
    const read = JSON.parse(text) as Partial<ScheduledState>
    return typeof read.plans === 'object' ? { plans: read.plans } : { plans: {} }
  } catch {
    return { plans: {} }
  }
}

export function reportShelf(dir: string): ReportShelf {
  const stateFile = join(dir, 'reports.json')
  return {
    read: () => (existsSync(stateFile) ? stateOf(readFileSync(stateFile, 'utf8')) : { plans: {} }),
    write: (state) => writeWhole(stateFile, `${JSON.stringify(state, null, 2)}\n`),
    freeEdition(folder, nameOf, from) {
      let edition = from
      while (nameOf(edition).some((name) => existsSync(join(folder, name)))) edition++
      return edition
    },
    put(folder, name, bytes) {
      const file = join(folder, name)
      const part = join(folder, `.${name}.part`)
      try {
        writeFileSync(part, bytes, { mode: 0o644, flush: true })
        renamePath(part, file)
      } catch (error) {
        throw new LaneFault('REPORT-04', { file, note: noted(error) })
      }
    },
  }
}
