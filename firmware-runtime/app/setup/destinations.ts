// Where records go beside the expansion platform (table G.1), and the platform that reserves bays, between the forms of a
// set-up and the lot file. A form that is half filled in names what it lacks, and the lot goes without it.
import type { SetupDraft } from '../../api/setup-draft.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'

type Channel = NonNullable<SetupDraft['etcOperator']>
type Reservation = NonNullable<SetupDraft['reservation']>

export const platformWords = {
  operator: t('运营商平台', "the operator's platform"),
  etcOperator: t('ETC 运营商平台', "the ETC operator's platform"),
  reservation: t('预约平台', 'the reservation platform'),
} as const
const memberWords = {
  url: t('地址', 'address'),
  appId: t('渠道号', 'channel number'),
  certDir: t('证书文件夹', 'certificates'),
  caFile: t('根证书文件', 'root certificate'),
  broker: t('MQTT 地址', 'MQTT address'),
  parkCode: t('停车场编码', 'code of the car park'),
} as const
type Member = keyof typeof memberWords

const ofChannel = ['url', 'appId', 'certDir', 'caFile'] as const satisfies readonly Member[]
const ofReservation = ['broker', 'appId', 'parkCode'] as const satisfies readonly Member[]

const channelLacks = (one: Channel) => ofChannel.filter((name) => one[name] === '')
const reservationLacks = (one: Reservation) => ofReservation.filter((name) => one[name] === '')

/** What each form that was begun still lacks. */
export function destinationsMissing(draft: SetupDraft): readonly BilingualText[] {
  const { operator, etcOperator, reservation } = draft
  const lacks: readonly (readonly [keyof typeof platformWords, readonly Member[]])[] = [
    ['operator', operator ? channelLacks(operator) : []],
    ['etcOperator', etcOperator ? channelLacks(etcOperator) : []],
    ['reservation', reservation ? reservationLacks(reservation) : []],
  ]
  return lacks.flatMap(([of, members]) =>
    members.map((name) => {
      const [whose, what] = [platformWords[of], memberWords[name]]
      return t(`${whose.zh}的${what.zh}`, `${what.en} of ${whose.en}`)
    }),
  )
}

/** Members of lot.json; one that lacks something is not there yet. */
export function destinationsOf(draft: SetupDraft) {
  const { operator, etcOperator, reservation, platformRecords } = draft
  const { url = '', ...rest } = reservation ?? { url: '' }
  return {
    ...(operator && channelLacks(operator).length === 0 ? { operator } : {}),
    ...(etcOperator && channelLacks(etcOperator).length === 0 ? { etcOperator } : {}),
    ...(platformRecords === undefined ? {} : { platformRecords }),
    ...(reservation && reservationLacks(reservation).length === 0
      ? { reservation: { ...rest, ...(url === '' ? {} : { url }) } }
      : {}),
  }
}

/** The platform that is tried; null where it has none, or another device is. */
export function channelOf(draft: SetupDraft, of: string): Channel | null {
  if (of === 'operator' || of === 'etcOperator') return draft[of] ?? null
  const platform = draft.charge?.platform ?? 'later'
  return of === 'platform' && platform !== 'later' ? platform : null
}

/** Addresses that make a lot a real one, or a rehearsal. */
export const destinationLinks = ({
  operator,
  etcOperator,
  reservation,
}: Pick<SetupDraft | LotConfig, 'operator' | 'etcOperator' | 'reservation'>): readonly string[] =>
  [operator?.url, etcOperator?.url, reservation?.broker, reservation?.url]
    .map((url) => url ?? '')
    .filter((url) => url !== '')

/** What the lot file says, for its forms. */
export const destinationsOfLot = (
  config: LotConfig,
): Pick<SetupDraft, 'operator' | 'etcOperator' | 'reservation' | 'platformRecords'> => ({
  operator: config.operator ?? null,
  etcOperator: config.etcOperator ?? null,
  ...(config.platformRecords === undefined ? {} : { platformRecords: config.platformRecords }),
  reservation:
    config.reservation === undefined
      ? null
      : { ...config.reservation, url: config.reservation.url ?? '' },
})
