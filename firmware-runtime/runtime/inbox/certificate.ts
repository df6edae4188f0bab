// Certificates of a platform that are over, or end within a month.
import { channelWords } from '#base/pure/lot/destination-members.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const certificate = defineMatter({
  reads: 'device.health',
  by: 'setup.import',
  why: t(
    '证书过期后,平台不收记录,也不再扣费',
    'After its end the platform accepts no record and charges nothing',
  ),
  button: t('看证书', 'See certificates'),
  to: '/system?row=',
  rowsOf: ({ certificates }) =>
    certificates.flatMap(({ of, whose, serial, untilIso, state }) => {
      if (state !== 'soon' && state !== 'bad') return []
      const [name, day] = [channelWords[of], untilIso.slice(0, 10)]
      const own = whose === 'client' ? t('本场的证书', 'our certificate') : t('证书', 'certificate')
      const what = t(
        `${name.zh}:${own.zh}${state === 'bad' ? '不在有效期' : '快到期'},${day} 止`,
        `${name.en}: ${own.en} ${state === 'bad' ? 'is not valid' : 'ends soon'}, last day ${day}`,
      )
      const key = `${of} ${whose} ${serial}`
      return [{ key, what, sinceIso: null, isUrgent: state === 'bad', thing: ofFile(key) }]
    }),
})
