// What a production lot never runs on: the simulated platform's certificates and channel number, and
// pseudo terminals, behind which no device stands (design.md section 2). Judged on the files themselves.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { certificatesInPem, isTestCertificate } from '../adapters/crypto/certs.ts'
import type { LotConfig } from '../core/lot/config.ts'
import { LaneFault } from '../core/values/faults.ts'
import { parseLinkUrl } from '../core/values/link-url.ts'

/** The channel number that the simulated platform gives its client (docs/test-keys.md). */
const testAppId = 'TEST0001'
const linkKinds = ['rsu', 'camera', 'barrier', 'display'] as const

/** LOT-05 with the field of `file` for what only a test has. Files that are absent are no matter here. */
export function refuseTestMeans(config: LotConfig, file: string): void {
  if (config.mode !== 'production') return
  const refuse = (field: string, value: string, note: string): never => {
    throw new LaneFault('LOT-05', { file, field, value, note })
  }
  config.lanes.forEach((lane, i) => {
    for (const kind of linkKinds) {
      const url = lane[kind]
      if (url?.startsWith('serial:') === true && isPty(url))
        refuse(`/lanes/${i}/${kind}`, url, 'a pseudo terminal has no device behind it')
    }
  })
  if (config.platform === null) return
  const { appId, caFile, certDir } = config.platform
  if (appId === testAppId) refuse('/platform/appId', appId, 'of the simulated platform')
  const note = 'a certificate of the simulated platform (TEST)'
  if (isOfTest(caFile)) refuse('/platform/caFile', caFile, note)
  for (const name of ['client.pem', 'platform.pem']) {
    const path = join(certDir, name)
    if (isOfTest(path)) refuse('/platform/certDir', path, note)
  }
}

/** By what the path leads to: a by-id name or another link may stand for a pty. */
function isPty(url: string): boolean {
  const target = parseLinkUrl(url, '')
  if (target.scheme !== 'serial') return false
  const { path } = target
  const real = existsSync(path) ? realpathSync(path) : path
  // Linux, then the three digits of macOS; /dev/ttyS0 is a real port.
  return [path, real].some((one) => /^\/dev\/(pts\/|ttys\d{3}$)/.test(one))
}

function isOfTest(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    return certificatesInPem(readFileSync(file, 'utf8')).some(isTestCertificate)
  } catch (error) {
    throw new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })
  }
}
