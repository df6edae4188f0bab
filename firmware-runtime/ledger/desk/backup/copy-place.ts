// Checks a folder for copies of a lot: it exists, takes a test file and is not the lot's own folder. For a server only
// local facts are checked here; it is tested on request, with its key and password.
import { t } from '#base/pure/words/fault-text.ts'
import { mkdtempSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { copiesSecret } from '../../copies/copy-server.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { isServer } from '#base/pure/lot/copy-place.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { removePath } from '#base/files/held-path.ts'

const field = '/copies/to'

const isWithin = (dir: string, to: string): boolean => {
  const way = relative(dir, to)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}
const realOf = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Throws COPY-01, and COPY-08 when the password of a server is not stored. */
export function refusePlace(to: string | null, dir: string): void {
  if (to === null) return
  if (isServer(to)) {
    if (secretStore(dir, machineSecret()).names().includes(copiesSecret)) return
    throw new LaneFault('COPY-08', {
      field,
      value: to,
      note: t('没有保存它的密码', 'no password is kept for it'),
    })
  }
  const fault = (note: Why): LaneFault => new LaneFault('COPY-01', { field, value: to, note })
  if (!isAbsolute(to)) throw fault(t('须写完整路径', 'the whole path is wanted'))
  try {
    removePath(mkdtempSync(join(to, '.etc-lane-try-')), { recursive: true })
  } catch (error) {
    throw fault(error instanceof Error ? error.message : String(error))
  }
  if (isWithin(realOf(dir), realOf(to)))
    throw fault(t('是停车场自己的文件夹', 'the folder of the lot itself'))
}
