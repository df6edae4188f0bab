// Refuses what a production lot must not use: the simulated platform's certificates and channel number, pseudo
// terminals, and loopback addresses, where only simulators listen (design.md section 2).
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { certificateText } from '#base/crypto/pem.ts'
import { certificatesInPem, heldCertificates, isTestCertificate } from '#base/crypto/certs.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { inFile } from '../lot/files/lot-file.ts'
import { sharedDevices } from '../lot/files/own-devices.ts'
import type { TariffWarning } from '../lot/files/tariff-file.ts'
import { certificateTroubles } from '#base/pure/data/credentials.ts'
import type {
  ChannelName,
  GatewayConfig,
  LotConfig,
  PlatformConfig,
} from '#base/pure/lot/config.ts'
import { openLacksOf } from '../pure/open-lacks.ts'
import { joinedDestinations } from '#ledger/pure/lot/destinations.ts'
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { linkPointers, runningLot, streetSpacesOf } from '#base/pure/lot/streets.ts'
import { faults, LaneFault, type BilingualText, type Why } from '#base/pure/faults/faults.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { accessCodeFiles } from './access-code.ts'
import { withFolder } from './link-here.ts'
import { needsOf } from './link-needs.ts'
import { publishedHere, type PublishedTrouble } from './published-here.ts'

/** Channel number of the simulated platform's client (docs/test-keys.md). */
export const testAppId = 'TEST0001'
const absentText: BilingualText = {
  zh: '文件不存在,平台连接不上',
  en: 'not there, so the platform cannot be reached',
}
const noListText: BilingualText = {
  zh: '没有状态名单,一张卡也不会扣费,每辆车都要人工处理',
  en: 'no status list: no card is charged, every car needs a person',
}
const nowhereText: BilingualText = {
  zh: '扣费记录没有上传去处,一张卡也不会扣费',
  en: 'charges have nowhere to go: no card is charged',
}
const laterText = ({ totalFen, count, oldestMin }: LotConfig['caps']): BilingualText => {
  const days = Math.floor(oldestMin / 1440)
  return {
    zh: `尚未接入平台:记录先存着,最多 ${count} 笔、${fenText(totalFen)}、${days} 天,到限后改用其他方式缴费`,
    en: `no platform joined yet: up to ${count} records, ${fenText(totalFen)} or ${days} days are kept, then other payment`,
  }
}

/** Throws LOT-10 for a production lot that charges cards without a destination for the records. */
export function refuseNoDestination(config: LotConfig, file: string): void {
  const charges =
    config.chargeMode === 'card' && runningLot(config).lanes.some(({ rsu }) => rsu !== null)
  if (config.mode === 'production' && charges && config.platform === null)
    throw new LaneFault('LOT-10', { file, field: '/platform', value: 'null' })
}

/** Throws LOT-02 for a member that its province or a destination's does not have, or that it needs and is missing. */
export const refuseUnspoken = (config: LotConfig, file: string): void =>
  inFile(file, () => dialectOf(config))

/** Throws LOT-05 with the field of `file` for test-only values. Missing files are ignored here. */
export function refuseTestMeans(config: LotConfig, file: string): void {
  if (config.mode !== 'production') return
  const refuse = (field: string, value: string, note: Why): never => {
    throw new LaneFault('LOT-05', { file, field, value, note })
  }
  const judge = (field: string, url: string | null): void => {
    if (url === null) return
    if (url.startsWith('serial:') && isPty(url))
      refuse(field, url, t('伪终端后面没有设备', 'a pseudo terminal has no device behind it'))
    const host = hostOf(url)
    if (host !== null && isLoopback(host))
      refuse(
        field,
        url,
        t('模拟设备在本机监听,真实设备不在', 'simulators listen on this machine, devices do not'),
      )
  }
  const pointer = linkPointers(config)
  runningLot(config).lanes.forEach((lane, i) => {
    for (const kind of laneKinds) judge(pointer(lane.id, i, kind), lane[kind])
    if (lane.place?.kind === 'handheld') judge(`/lanes/${i}/place/gnss`, lane.place.gnss)
    lane.sensors?.forEach(({ link }, n) => judge(`/lanes/${i}/sensors/${n}/link`, link))
  })
  judge('/gateway/url', config.gateway?.url ?? null)
  for (const { id, link } of joinedDestinations(config)) refuseTestChannel(id, link, refuse)
}

function refuseTestChannel(
  of: string,
  { appId, caFile, certDir }: PlatformConfig,
  refuse: (field: string, value: string, note: Why) => never,
): void {
  if (appId === testAppId)
    refuse(`/${of}/appId`, appId, t('属于模拟平台', 'of the simulated platform'))
  const note = t('是模拟平台的证书 (TEST)', 'a certificate of the simulated platform (TEST)')
  if (isOfTest(caFile)) refuse(`/${of}/caFile`, caFile, note)
  if (certDir === undefined) return
  for (const name of ['client.pem', 'platform.pem']) {
    const path = join(certDir, name)
    if (isOfTest(path)) refuse(`/${of}/certDir`, path, note)
  }
}

/** Spaces that no sensor watches: a car there begins no stay. */
function unwatchedSpaces(config: LotConfig): readonly TariffWarning[] {
  const watched = new Set(
    (runningLot(config).spaces ?? []).flatMap(({ spaces }) => Object.values(spaces)),
  )
  const blind = streetSpacesOf(config).filter(({ id }) => !watched.has(id))
  const [first] = blind
  if (first === undefined) return []
  const text = t(
    `${blind.length} 个泊位没有检测器,停在那里的车不计时`,
    `${blind.length} spaces have no sensor: a car there is not timed`,
  )
  return [{ field: '/streets', value: first.id, text }]
}

/**
 * Files that a lot needs and does not have yet: a lot can be made before they arrive, so these are warnings.
 * A sealed client key counts in place of the plain one.
 */
export function absences(config: LotConfig, dir: string): readonly TariffWarning[] {
  const found: TariffWarning[] = []
  const want = (field: string, text: BilingualText, ...files: string[]): void => {
    if (!files.some((file) => existsSync(file))) found.push({ field, value: files[0] ?? '', text })
  }
  for (const { id: of, link } of joinedDestinations(config)) {
    const { caFile, certDir } = withFolder(dir, of, link)
    const needs = needsOf(config, link)
    want(`/${of}/caFile`, absentText, caFile)
    const inside = (...names: string[]): void =>
      want(`/${of}/certDir`, absentText, ...names.map((name) => join(certDir, name)))
    if (!existsSync(certDir)) want(`/${of}/certDir`, absentText, certDir)
    else {
      if (needs.includes('code')) inside(accessCodeFiles.plain, accessCodeFiles.sealed)
      if (!needs.includes('certificates')) continue
      inside('client.pem')
      inside('platform.pem')
      inside('client.key.pem', 'client.key.sealed')
      found.push(...endingCertificates(of, certDir))
    }
  }
  if (config.gateway !== undefined) found.push(...gatewayAbsences(config.gateway, dir))
  found.push(...sharedDevices(config), ...unwatchedSpaces(config))
  for (const { field, what, clause, words } of openLacksOf(config))
    found.push({
      field,
      value: what,
      text: t(`还缺${words.zh}(${clause})`, `Missing: ${words.en} (${clause})`),
    })
  found.push(...publishedHere(config, Date.now()).troubles.map(warningOf))
  const hook = config.help?.hook
  if (hook !== undefined && !isKept(dir, hook.secret))
    found.push({ field: '/help/hook/secret', value: hook.secret, text: noCallText })
  if (config.chargeMode !== 'card') return found
  if (config.mode === 'production') want('/chargeMode', noListText, join(dir, 'status-list.json'))
  const charges = runningLot(config).lanes.some(({ rsu }) => rsu !== null)
  if (charges && config.platform === null)
    found.push({ field: '/platform', value: 'null', text: nowhereText })
  if (charges && config.platform === 'later')
    found.push({ field: '/platform', value: 'later', text: laterText(config.caps) })
  return found
}

const noCodeText: BilingualText = {
  zh: '没有密钥或证书,不提供扫码支付',
  en: 'no key or no certificate: cars cannot pay by a code',
}

const noCallText: BilingualText = {
  zh: '没有密钥,叫人时不通知外面',
  en: 'no key: calls for the attendant are not reported outside',
}

const isKept = (dir: string, secret: string): boolean =>
  secretStore(dir, machineSecret()).names().includes(secret)

function gatewayAbsences(gateway: GatewayConfig, dir: string): TariffWarning[] {
  const { caFile, secret } = gateway
  const found: TariffWarning[] = []
  const miss = (field: string, value: string): void => {
    found.push({ field: `/gateway/${field}`, value, text: noCodeText })
  }
  if (caFile !== null && !existsSync(caFile)) miss('caFile', caFile)
  if (!isKept(dir, secret)) miss('secret', secret)
  return found
}

/** Certificates of the folder that end within a month, or are not within their time (P25). */
const endingCertificates = (of: ChannelName, certDir: string): readonly TariffWarning[] =>
  certificateTroubles(heldCertificates(certDir), null, Date.now()).map(({ code, why }) =>
    warningOf({ field: `/${of}/certDir`, value: certDir, code, why }),
  )

type Coded = Pick<PublishedTrouble, 'code' | 'why' | 'field' | 'value'>
const warningOf = ({ code, why, field, value }: Coded): TariffWarning => {
  const { zh, en } = faults[code].what
  return { field, value, text: t(`${zh}(${code}):${why.zh}`, `${en} (${code}): ${why.en}`) }
}

/** Judged by the target of the path: a by-id name or another link may lead to a pty. */
function isPty(url: string): boolean {
  const target = parseLinkUrl(url, '')
  if (target.scheme !== 'serial') return false
  const { path } = target
  const real = existsSync(path) ? realpathSync(path) : path
  // Linux, then macOS with its three digits; /dev/ttyS0 is a real port.
  return [path, real].some((one) => /^\/dev\/(pts\/|ttys\d{3}$)/.test(one))
}

function isOfTest(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    return certificatesInPem(certificateText(file)).some(isTestCertificate)
  } catch (error) {
    throw new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })
  }
}
