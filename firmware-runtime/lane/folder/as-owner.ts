// Root works on updates of a folder of another account as that account: what it wrote as itself would be closed to the lanes,
// and a program in that folder is that account's.
import { statSync } from 'node:fs'

/** The owner of a folder; null where this is not root, or the folder is root's. */
export function otherOwner(dir: string): { readonly uid: number; readonly gid: number } | null {
  const owner = process.getuid?.() === 0 ? statSync(dir, { throwIfNoEntry: false }) : undefined
  return owner === undefined || owner.uid === 0 ? null : owner
}

/** From here on this process has the rights of the owner of the folder. */
export function asOwner(dir: string): string {
  const owner = otherOwner(dir)
  if (owner === null) return dir
  process.setgroups?.([owner.gid])
  process.setgid?.(owner.gid)
  process.setuid?.(owner.uid)
  return dir
}
