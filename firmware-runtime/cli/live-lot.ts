// What a production lot never runs on: the simulated platform's certificates and channel number, pseudo
// terminals and addresses of this machine, where only simulators stand (design.md section 2).
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { certificatesInPem, isTestCertificate } from '../adapters/crypto/certs.ts'
import type { TariffWarning } from '../app/tariff-file.ts'
import type { LotConfig } from '../core/lot/config.ts'
import { LaneFault, type BilingualText } from '../core/values/faults.ts'
import { parseLinkUrl } from '../core/values/link-url.ts'
import { hostOf, isLoopback } from '../core/values/simulated.ts'

/** The channel number that the simulated platform gives its client (docs/test-keys.md). */
export const testAppId = 'TEST0001'
const absentText: BilingualText = {
  zh: '文件不存在,平台连接不上',
  en: 'not there, so the platform cannot be reached',
}
const noListText: BilingualText = {
  zh: '没有状态名单,一张卡也不会扣费,每辆车都要人工处理',
  en: 'no status list: no card is charged, every car needs a person',
}
const linkKinds = ['rsu', 'camera', 'barrier', 'display'] as const

/** LOT-05 with the field of `file` for what only a test has. Files that are absent are no matter here. */
export function refuseTestMeans(config: LotConfig, file: string): void {
  if (config.mode !== 'production') return
  const refuse = (field: string, value: string, note: string): never => {
    throw new LaneFault('LOT-05', { file, field, value, note })
  }
  const judge = (field: string, url: string | null): void => {
    if (url === null) return
    if (url.startsWith('serial:') && isPty(url))
      refuse(field, url, 'a pseudo terminal has no device behind it')
    const host = hostOf(url)
    if (host !== null && isLoopback(host))
      refuse(field, url, 'simulators listen on this machine, devices do not')
  }
  config.lanes.forEach((lane, i) => {
    for (const kind of linkKinds) judge(`/lanes/${i}/${kind}`, lane[kind])
    if (lane.place?.kind === 'handheld') judge(`/lanes/${i}/place/gnss`, lane.place.gnss)
    lane.sensors?.forEach(({ link }, n) => judge(`/lanes/${i}/sensors/${n}/link`, link))
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

/**
 * What a lot needs and has not got yet: it can be made before its files come, so these are warnings.
 * A sealed client key stands for the plain one.
 */
export function absences(config: LotConfig, dir: string): readonly TariffWarning[] {
  const found: TariffWarning[] = []
  const want = (field: string, text: BilingualText, ...files: string[]): void => {
    if (!files.some((file) => existsSync(file))) found.push({ field, value: files[0] ?? '', text })
  }
  if (config.platform !== null) {
    const { caFile, certDir } = config.platform
    want('/platform/caFile', absentText, caFile)
    const inside = (...names: string[]): void =>
      want('/platform/certDir', absentText, ...names.map((name) => join(certDir, name)))
    if (!existsSync(certDir)) want('/platform/certDir', absentText, certDir)
    else {
      inside('client.pem')
      inside('platform.pem')
      inside('client.key.pem', 'client.key.sealed')
    }
  }
  const cardDebits = config.chargeMode === 'card' && config.platform !== null
  if (config.mode === 'production' && cardDebits)
    want('/chargeMode', noListText, join(dir, 'status-list.json'))
  return found
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
