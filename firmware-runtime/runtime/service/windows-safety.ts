// Whether others on a Windows machine may change the program that its system account runs, or use the folder of a lot.
// Read by the shell of Windows as a security descriptor.
import { changedBy, openTo } from '#lane/pure/lot/windows-rights.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { shellWord } from '#base/pure/words/shell-words.ts'
import type { ServicePlan } from '#base/desk/service/service-files.ts'

interface Asked {
  ask(command: readonly string[]): string | null
}

function descriptorOf(path: string, system: Asked): string {
  const asked = `(Get-Acl -LiteralPath ${shellWord('powershell', path)}).Sddl`
  return system.ask(['powershell', '-NoProfile', '-NonInteractive', '-Command', asked]) ?? ''
}

const folderOf = (file: string): string => file.slice(0, Math.max(file.lastIndexOf('\\'), 0))

/** The files and folders that the system account runs, from the program up to the folder that holds Node. */
function programPaths({ node, program }: ServicePlan): readonly string[] {
  return [...new Set([node, folderOf(node), program, folderOf(program)])]
}

interface Unsafe {
  readonly file: string
  /** Who may change it, by SID; `?`: its rights cannot be read. */
  readonly able: readonly string[]
}

function unsafeProgram(plan: ServicePlan, system: Asked): Unsafe | null {
  for (const file of programPaths(plan)) {
    const able = changedBy(descriptorOf(file, system))
    if (able.length > 0) return { file, able }
  }
  return null
}

const unread = t('它的权限读不出来', 'its rights cannot be read')
const others = t('这些账户能改动它', 'these accounts may change it')

/** Throws SERVICE-04: whoever can change the program would be the system account. */
export function mustBeSafeProgram(plan: ServicePlan, system: Asked): void {
  const found = unsafeProgram(plan, system)
  if (found === null) return
  const { file, able } = found
  const note = able.includes('?') ? unread : others
  throw new LaneFault('SERVICE-04', { file, value: able.join(' '), note })
}

/** The same for the doctor; null: only the system and administrators may change it. */
export function programTrouble(plan: ServicePlan, system: Asked): BilingualText | null {
  const found = unsafeProgram(plan, system)
  if (found === null) return null
  const who = found.able.join(' ')
  return t(`${found.file} 可被他人改动:${who}`, `others may change ${found.file}: ${who}`)
}

/** What is wrong with the rights of the folder of a lot; null: nothing. */
export function openFolder(dir: string, system: Asked): BilingualText | null {
  const open = openTo(descriptorOf(dir, system)).join(' ')
  if (open === '') return null
  return t(`本机其他用户可用 ${dir}:${open}`, `others of this machine may use ${dir}: ${open}`)
}
