// The dialects by province: the one place that names them.
// A province is a folder beside this file and a row in this table.
import { t } from '#base/pure/words/fault-text.ts'
import type { ChannelName, LotConfig, PlatformConfig } from '#base/pure/lot/config.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { channelNames, otherChannels, toldTo } from '#base/pure/lot/destination-members.ts'
import { suiteOf } from '#base/pure/data/suite.ts'
import { present } from '#base/pure/values/must.ts'
import type { Dialect } from '../../ports/dialect.ts'
import type { ReservationDialect } from '../../ports/reservation.ts'
import { accessDialectOf } from './access/dialect.ts'
import { dialectOfTable } from './by-table/dialect-of.ts'
import { guangxi } from './guangxi/dialect.ts'
import { liaoning } from './liaoning/dialect.ts'
import { shenzhen } from './shenzhen/dialect.ts'

export interface ProvinceRow {
  /** First two digits of the province code. */
  readonly province: string
  readonly zh: string
  readonly en: string
  readonly dialect: Dialect
}

export const provinces: readonly ProvinceRow[] = [
  { province: '45', zh: '广西', en: 'Guangxi', dialect: guangxi },
  { province: '21', zh: '辽宁', en: 'Liaoning', dialect: dialectOfTable(liaoning, guangxi) },
]

interface Lot extends Partial<Pick<LotConfig, 'chargeMode' | ChannelName>> {
  /** 4 digits, or the first two. */
  readonly provinceCode: string
}

/** Null for a province without an implemented dialect. */
export const provinceOf = ({ provinceCode }: Lot, table = provinces): ProvinceRow | null =>
  table.find(({ province }) => provinceCode.startsWith(province)) ?? null

/** For a form: the name of each province, and the destinations of its records beside the expansion platform. */
export const provinceChoices = provinces.map(({ province, zh, en, dialect }) => ({
  province,
  name: { zh, en },
  needs: dialect.envelope.needs,
  destinations: otherChannels.filter(
    (id) => (toldTo[id].length > 0 ? dialect.records : dialect.duty) !== null,
  ),
}))

/** Throws LOT-02 as `dialectOf` does. */
export function provinceRow(province: string): ProvinceRow {
  dialectOf({ provinceCode: province })
  return present(provinceOf({ provinceCode: province }), 'a province with a dialect has a row')
}

/** Dialects of access systems, by that of their province. */
const accessDialects = new WeakMap<Dialect, Dialect>()

/** The dialect of a connection: that of its province, or of an access system with the envelope of its province. */
function spokenBy(link: PlatformConfig | null, dialect: Dialect): Dialect {
  if (link?.interface !== 'access') return dialect
  const known = accessDialects.get(dialect) ?? accessDialectOf(dialect)
  accessDialects.set(dialect, known)
  return known
}

function joinedIn(lot: Lot, id: ChannelName): PlatformConfig | null {
  const link = lot[id] ?? null
  return link === 'later' ? null : link
}

/** Province code of a connection, or that of its lot; a form holds an empty one until it is answered. */
const codeOf = ({ provinceCode }: Lot, { province = '' }: PlatformConfig): string =>
  province === '' ? provinceCode : province

/** Throws LOT-02 for a destination without an implemented province, with an unsupported suite, or without certificates. */
function mustSpeak(lot: Lot, table: readonly ProvinceRow[]): void {
  for (const id of channelNames) {
    const link = joinedIn(lot, id)
    if (link === null) continue
    const row = provinceOf({ provinceCode: codeOf(lot, link) }, table)
    if (row === null) throw notBuilt(`/${id}/province`, codeOf(lot, link), table)
    const { zh, en } = row
    const dialect = spokenBy(link, row.dialect)
    const { suites } = dialect
    const suite = suiteOf(link)
    const refuse = (member: string, value: string, note: Why): LaneFault =>
      new LaneFault('LOT-02', { field: `/${id}/${member}`, value, note })
    if (!suites.includes(suite))
      throw refuse(
        'suite',
        suite,
        t(`${zh}只有:${suites.join(', ')}`, `${en} has ${suites.join(', ')}`),
      )
    if ((link.certDir ?? '') === '' && dialect.envelope.needs.includes('certificates'))
      throw refuse('certDir', '', t(`${zh}的平台要证书`, `platforms of ${en} ask for certificates`))
  }
}

function notBuilt(field: string, value: string, table: readonly ProvinceRow[]): LaneFault {
  const built = table.map(({ province, en }) => `${province} ${en}`).join(', ')
  const note = t(
    `这个省份还没有规则;已有:${built}`,
    `no rules are built for this province; built: ${built}`,
  )
  return new LaneFault('LOT-02', { field, value, note })
}

/** Throws LOT-02 with the province code where its dialect is not implemented. */
export function dialectOf(lot: Lot, table = provinces): Dialect {
  const row = provinceOf(lot, table)
  if (row !== null) {
    const dialect = spokenBy(joinedIn(lot, 'platform'), row.dialect)
    const { chargeModes } = dialect.rules
    const { chargeMode } = lot
    mustSpeak(lot, table)
    if (chargeMode === undefined || chargeModes.includes(chargeMode)) return dialect
    const [zh, en] =
      dialect === row.dialect
        ? [row.zh, row.en]
        : ['对方的接入系统', "another maker's access system"]
    const note = t(`${zh}只有:${chargeModes.join(', ')}`, `${en} has ${chargeModes.join(', ')}`)
    throw new LaneFault('LOT-02', { field: '/chargeMode', value: chargeMode, note })
  }
  throw notBuilt('/provinceCode', lot.provinceCode, table)
}

/** Dialect of a destination, which may follow another province than its lot; throws as `dialectOf`. */
export function dialectAt(lot: Lot, destination: string, table = provinces): Dialect {
  const whole = dialectOf(lot, table)
  const id = channelNames.find((name) => name === destination)
  const link = id === undefined ? null : joinedIn(lot, id)
  if (link === null) return whole
  const row = provinceOf({ provinceCode: codeOf(lot, link) }, table)
  return row === null ? whole : spokenBy(link, row.dialect)
}

/** Dialect of the reservation platform, the same in every province: only one city has published an interface. */
export const reservationDialect: ReservationDialect = shenzhen
