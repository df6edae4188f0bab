// The features that a lot declares, and which acceptance items apply by them: an item needs features, and without one
// of them it is not applicable, with the reason in words. A lot that declares neither antenna nor platform has nothing
// to test.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { AcceptanceFacts, PlatformName } from '#ledger/pure/facts.ts'
import { partyWords } from './parties.ts'

const { platform, operator, etcOperator } = partyWords
const joined = ({ zh, en }: BilingualText): BilingualText => t(`接入${zh}`, `joins ${en}`)
const offered = (zh: string, en: string): BilingualText =>
  t(`所在省份的平台有接口:${zh}`, `the platform of its province has this interface: ${en}`)

/** In display order. */
export const features = {
  card: t('ETC 按卡扣费', 'ETC is charged by card'),
  online: t('ETC 由平台联机扣费', 'ETC is charged online, by the platform'),
  entry: t('有入口车道', 'has an entry lane'),
  exit: t('有出口车道', 'has an exit lane'),
  open: t('开放式停车场:没有道闸', 'an open car park: no booms'),
  sensors: t(
    '泊位由地磁检测,不识别车牌',
    'its spaces are watched by sensors, which read no plates',
  ),
  entryAntenna: t('入口车道有天线', 'an entry lane has an antenna'),
  exitAntenna: t('出口车道有天线', 'an exit lane has an antenna'),
  anyPlatform: t('接入任何一个平台', 'joins any platform'),
  recordsTo: t('接入拓展平台或运营服务商平台', "joins the expansion platform or the operator's"),
  platform: joined(platform),
  operator: joined(operator),
  etcOperator: joined(etcOperator),
  list: offered('状态名单', 'status list'),
  refund: offered('退费', 'refunds'),
  bill: offered('出口账单', 'bill of exit transactions'),
  splitBill: offered('拆分账单', 'split bill'),
  monitor: offered('运行监测', 'operation monitoring'),
  onePiece: t('有单片式测试 OBU', 'has a one-piece test OBU'),
  twoPiece: t('有双片式测试 OBU', 'has a two-piece test OBU'),
} as const satisfies Record<string, BilingualText>
export type Feature = keyof typeof features

export const featureNames = Object.keys(features) as readonly Feature[]

export interface Declaration {
  readonly features: readonly Feature[]
}

type Declared = Pick<
  AcceptanceFacts,
  'chargeMode' | 'watch' | 'lanes' | 'testObus' | 'platforms' | 'interfaces'
>

export function declarationOf(lot: Declared): Declaration {
  const { chargeMode, watch, lanes, testObus, platforms, interfaces } = lot
  const hasRecords = platforms.some((one) => one !== 'etcOperator')
  const said = new Set<string>([
    chargeMode,
    ...(watch === null ? [] : ['open']),
    ...(watch === 'sensor' ? ['sensors'] : []),
    ...lanes.map(({ direction }) => direction),
    ...lanes.flatMap(({ direction, hasAntenna }) => (hasAntenna ? [`${direction}Antenna`] : [])),
    ...(platforms.length > 0 ? ['anyPlatform'] : []),
    ...(hasRecords ? ['recordsTo'] : []),
    ...platforms,
    // A lot without a platform has no use for the interfaces of its province.
    ...(hasRecords ? interfaces : []),
    ...testObus.map(({ pieces }) => (pieces === 1 ? 'onePiece' : 'twoPiece')),
  ])
  return { features: featureNames.filter((name) => said.has(name)) }
}

const testable: readonly Feature[] = ['entryAntenna', 'exitAntenna', 'anyPlatform']

export const declaresNothing = ({ features: own }: Declaration): boolean =>
  !testable.some((name) => own.includes(name))

interface Applies {
  readonly needs: readonly Feature[]
  readonly without?: readonly Feature[]
}

/**
 * Why an item does not apply: needed features that are not declared, or a declared one with which it has no object. Null:
 * it applies.
 */
export function notDeclared(
  { needs, without = [] }: Applies,
  { features: own }: Declaration,
): BilingualText | null {
  const against = without.find((name) => own.includes(name))
  if (against !== undefined) {
    const { zh, en } = features[against]
    return t(`不适用:${zh}`, `Not applicable: ${en}`)
  }
  const away = needs.filter((name) => !own.includes(name)).map((name) => features[name])
  if (away.length === 0) return null
  const say = (of: 'zh' | 'en', join: string) => away.map((one) => one[of]).join(join)
  return t(`停车场没有申报:${say('zh', ';')}`, `The lot does not declare: ${say('en', '; ')}`)
}

/** The named platforms that the lot declares; the requirements for the others do not apply, and the words say so. */
export function declaredAmong<T extends PlatformName>(
  { platforms }: Pick<AcceptanceFacts, 'platforms'>,
  wanted: readonly T[],
) {
  const away = wanted.filter((one) => !platforms.includes(one))
  const note = (of: 'zh' | 'en', join: string) => away.map((one) => partyWords[one][of]).join(join)
  return {
    there: wanted.filter((one) => platforms.includes(one)),
    said: ({ zh, en }: BilingualText): BilingualText =>
      away.length === 0
        ? t(zh, en)
        : t(
            `${zh};没有申报,不适用:${note('zh', '、')}`,
            `${en}; not declared and therefore not applicable: ${note('en', ', ')}`,
          ),
  }
}
