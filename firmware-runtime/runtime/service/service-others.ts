// The car park whose lanes this machine starts already: the lanes of another one, as those of a dead computer, must not take
// the place of its own. One machine has one service.
import { join } from 'node:path'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { parsed } from '../../core/values/json.ts'
import { packagedUnit, unitFile } from './service-names.ts'
import { taskName } from './windows-task.ts'

interface Asked {
  readonly platform: string
  read(path: string): string | null
  ask(command: readonly string[]): string | null
}

const dataWord = /"--data" "((?:[^"\\]|\\["\\])*)"/
const windowsDataWord = /"--data" "([^"]*)"/

/** The folder of the installed service; null: none. */
function installedDir({ platform, read, ask }: Asked): string | null {
  if (platform === 'win32') {
    const task = ask(['schtasks', '/Query', '/TN', taskName, '/XML']) ?? ''
    return windowsDataWord.exec(task)?.[1]?.replaceAll('&amp;', '&') ?? null
  }
  const unit = read(unitFile) ?? read(packagedUnit) ?? ''
  const quoted = dataWord.exec(unit)?.[1] ?? null
  return quoted?.replaceAll('$$', '$').replaceAll('%%', '%').replaceAll(/\\(.)/g, '$1') ?? null
}

function lotIn(dir: string, { read }: Asked): string | null {
  const found = parsed(read(join(dir, 'lot.json')) ?? '')
  if (typeof found !== 'object' || found === null) return null
  const { lotId, nodeId } = found as { readonly lotId?: unknown; readonly nodeId?: unknown }
  return `${String(lotId)} ${String(nodeId)}`
}

/** Throws SERVICE-20 where the service of this machine starts another car park, or other lanes of this one. */
export function mustStartNoOther(dir: string, system: Asked): void {
  const other = installedDir(system)
  const [theirs, ours] = [other === null ? null : lotIn(other, system), lotIn(dir, system)]
  if (other === null || other === dir || theirs === null || theirs === ours) return
  const note = t(`现在启动的是 ${theirs}`, `it starts ${theirs} now`)
  throw new LaneFault('SERVICE-20', { file: other, value: ours ?? '', note })
}
