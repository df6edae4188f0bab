// What a support file says of this computer, and of the lanes that run on it.
import { createHash } from 'node:crypto'
import { arch, release, totalmem } from 'node:os'
import type { TextDigest } from '#base/pure/values/support-file.ts'
import type { SupportPorts, SupportService } from '#lane/ports/support.ts'

export function supportDigest(text: string): TextDigest {
  const bytes = Buffer.from(text, 'utf8')
  const sha256Hex = createHash('sha256').update(bytes).digest('hex').toUpperCase()
  return { bytes: bytes.length, sha256Hex }
}

export const supportHere = {
  machine: () => ({
    platform: process.platform,
    release: release(),
    arch: arch(),
    node: process.versions.node,
    memoryMb: Math.round(totalmem() / 1024 ** 2),
  }),
  digestOf: supportDigest,
}
export const supportOfRunning = (supportParts: SupportService['supportParts']): SupportPorts => ({
  ...supportHere,
  isRunning: true,
  supportParts,
  folderReport: () => Promise.resolve(null),
})
