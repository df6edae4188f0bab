// Compares two provinces rule by rule, and lists what a lot has to change when it moves: computed from their dialects
// and the lot's own settings, so that nothing about a province is repeated here.
import type { ComparedRule, LotChange, ProvinceComparison } from '#base/calls/rules-views.ts'
import { filterTitles } from '#devices/pure/etc/quality-filters.ts'
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Dialect } from '../../ports/dialect.ts'

interface ComparedProvince {
  readonly province: string
  readonly zh: string
  readonly en: string
  readonly dialect: Dialect
}

interface Rule {
  readonly id: string
  readonly title: BilingualText
  readonly value: string
}

type Rules = Readonly<Record<ComparedRule['group'], readonly Rule[]>>

/** The check is made before money moves, or once more before a card's record is uploaded. */
const when = { charge: 'charge', both: 'charge+upload' } as const

/** Credentials that a lot needs for access; files and address follow from the envelope. */
function credentialsOf({ envelope: { needs }, certificates }: Dialect): readonly Rule[] {
  const own = (id: string, zh: string, en: string): Rule => ({ id, title: t(zh, en), value: '✓' })
  return [
    own('channel', '平台给的渠道号或账号', 'channel number or account of the platform'),
    ...(needs.includes('certificates')
      ? [
          own('clientCertificate', '客户端证书 client.pem', 'client certificate client.pem'),
          own('platformCertificate', '平台证书 platform.pem', 'platform certificate platform.pem'),
        ]
      : []),
    own('authority', '平台根证书 ca.pem', 'root certificate ca.pem'),
    ...(needs.includes('code')
      ? [
          own('accessCode', '授权码 access.code', 'authorisation code access.code'),
          own('address', '登记的固定 IP 地址', 'a fixed IP address that is registered'),
        ]
      : []),
    ...(certificates === null
      ? []
      : [own('published', '平台自己公布证书', 'the platform publishes its certificates')]),
  ]
}

function rulesOf({ dialect }: ComparedProvince): Rules {
  const { standard, interfaces, codes, rules, accessFlow } = dialect
  const { filters, networks, listEveryMin, chargeModes } = rules
  return {
    standard: [{ id: 'standard', title: t('编号', 'number'), value: standard }],
    interface: interfaces.map(({ id, method, path, zh, en }) => ({
      id,
      title: t(zh, en),
      value: `${method} ${path}`,
    })),
    code: codes.map(({ code, means }) => ({
      id: means,
      title: t(`意思同 ${means}`, `means ${means}`),
      value: code,
    })),
    filter: filters.map(({ id, clause, when: at }) => ({
      id,
      title: filterTitles[id],
      value: `${clause} ${when[at]}`,
    })),
    network: [
      {
        id: 'networks',
        title: t('可以付费的卡网络', 'card networks that pay'),
        value: networks === null ? '-' : networks.join(' '),
      },
    ],
    timing: [
      {
        id: 'listEveryMin',
        title: t('状态名单每隔(分)', 'status list each (minutes)'),
        value: String(listEveryMin),
      },
    ],
    chargeMode: chargeModes.map((mode) => ({ id: mode, title: chargeWords[mode], value: '✓' })),
    credential: credentialsOf(dialect),
    step: accessFlow.map(({ clause, zh, en }, n) => ({
      id: String(n + 1),
      title: t(zh, en),
      value: clause,
    })),
  }
}

const chargeWords: Readonly<Record<LotConfig['chargeMode'], BilingualText>> = {
  card: t('在车道直接扣卡', 'by card in the lane'),
  online: t('由平台扣费', 'by the platform'),
}

const changeOf = (from: string | null, to: string | null): ComparedRule['change'] => {
  if (from === null) return 'added'
  if (to === null) return 'dropped'
  return from === to ? 'same' : 'changed'
}

function compared(group: ComparedRule['group'], from: readonly Rule[], to: readonly Rule[]) {
  // Several codes of one province may have the same meaning: the first one is used.
  const ids = [...new Set([...from, ...to].map(({ id }) => id))]
  return ids.map((id): ComparedRule => {
    const [before, after] = [from, to].map((rules) => rules.find((rule) => rule.id === id))
    const title = after?.title ?? before?.title ?? t(id, id)
    const values = [before?.value ?? null, after?.value ?? null] as const
    return { group, id, title, from: values[0], to: values[1], change: changeOf(...values) }
  })
}

const change = (
  field: string,
  from: string | null,
  to: string,
  todo: BilingualText,
): LotChange => ({ field, from, to, todo })

/** Files and registrations that only the new platform issues. */
function obtained(certDir: string, { envelope: { needs } }: Dialect): LotChange[] {
  const file = (name: string, zh: string, en: string): LotChange =>
    change(
      `${certDir}/${name}`,
      null,
      name,
      t(`向新平台取得:${zh}`, `obtain from its platform: ${en}`),
    )
  const files = needs.includes('certificates')
    ? [
        file('client.pem', '按本机申请签发的证书', 'the certificate of a request of this machine'),
        file('platform.pem', '平台证书', 'its certificate'),
      ]
    : []
  if (!needs.includes('code')) return files
  const address = t('向平台登记固定 IP 地址', 'register a fixed IP address with the platform')
  return [
    ...files,
    file('access.code', '授权码', 'the authorisation code'),
    change('IP', '-', '?', address),
  ]
}

/** Members of the lot file. */
function settings(lot: LotConfig, { province, dialect }: ComparedProvince): LotChange[] {
  const { chargeModes, networks } = dialect.rules
  const joined = joinedPlatform(lot)
  const region = t('换成新省份和城市的代码', 'the code of the new province and city')
  const way = t('这个省份没有现在的扣费方式', 'the province does not have the present charge mode')
  const platform = t('新平台的地址和渠道号', 'address and channel number of the new platform')
  const paying = t('核对可以付费的卡网络', 'check the card networks that can pay')
  const here = joined === null ? '-' : `${joined.url} ${joined.appId}`
  const own = lot.cardNetworks
  return [
    change('/provinceCode', lot.provinceCode, `${province}__`, region),
    ...(chargeModes.includes(lot.chargeMode)
      ? []
      : [change('/chargeMode', lot.chargeMode, chargeModes.join('|'), way)]),
    change('/platform', here, '?', platform),
    ...(networks === null
      ? []
      : [change('/cardNetworks', own?.join(' ') ?? '-', (own ?? networks).join(' '), paying)]),
  ]
}

/** Settings of this lot that do not fit, or are missing, in the other province. */
function lotChanges(
  lot: LotConfig,
  to: ComparedProvince,
  rows: readonly ComparedRule[],
): LotChange[] {
  const isOther = rows.some(
    ({ group, change: kind }) => (group === 'interface' || group === 'code') && kind !== 'same',
  )
  const first = t(
    '先把队列传完:记录的内容按原省份写成,不会改写',
    'upload the whole queue first: its records are written for the former province and will not be rewritten',
  )
  return [
    ...(isOther ? [change('queue', '-', '0', first)] : []),
    ...settings(lot, to),
    ...obtained(joinedPlatform(lot)?.certDir ?? 'keys/platform', to.dialect),
  ]
}

const nameOf = ({ province, zh, en }: ComparedProvince) => ({ province, name: { zh, en } })

/** `lot`: null when no lot is compared. */
export function compareProvinces(
  from: ComparedProvince,
  to: ComparedProvince,
  lot: LotConfig | null,
): ProvinceComparison {
  const [before, after] = [rulesOf(from), rulesOf(to)]
  const rows = Object.entries(before).flatMap(([group, rules]) =>
    compared(group as keyof Rules, rules, after[group as keyof Rules]),
  )
  const counts = { same: 0, changed: 0, added: 0, dropped: 0 }
  for (const { change } of rows) counts[change]++
  return {
    from: nameOf(from),
    to: nameOf(to),
    counts,
    rows,
    lot: lot === null ? null : { lotId: lot.lotId, changes: lotChanges(lot, to, rows) },
  }
}
