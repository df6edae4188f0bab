// Uses points of a member for one of its cars inside: how many, for which car, with who and why.
// The runtime refuses points that cannot be used, and says how many there are.
import type { PointsView } from '../../firmware-runtime/api/points-views.ts'
import { ask } from '../../renderer/api/client.ts'
import { actForm } from '../../renderer/kit/act-form.ts'
import { plateText, type Words } from '../../renderer/kit/words.ts'

export const pointsForm = ({ t }: Words, row: PointsView['rows'][number], used: () => unknown) =>
  actForm({
    title: t('points.useTitle', { no: row.no }),
    reasons: 'points',
    usual: 0,
    test: 'points-form',
    fields: {
      plate: {
        kind: 'enum',
        label: t('points.car'),
        start: row.inside[0],
        choices: row.inside.map((value) => ({ value, word: plateText(value) })),
      },
      points: {
        kind: 'integer',
        label: t('points.howMany'),
        hint: t('points.useWhy'),
        min: 1,
        max: 99_999_999,
      },
    },
    doLabel: ({ points }) => t('points.useDo', { count: points ?? 0 }),
    async call(values, who) {
      const reply = await ask('points.use', { ...values, ...who })
      if (reply.ok) used()
      return reply
    },
  })

/** Gives the points that a stay has used back to the member. */
export const backForm = ({ t }: Words, code: string, given: () => Promise<void>) =>
  actForm({
    title: t('coupons.giveBackTitle', { code }),
    reasons: 'points',
    says: [{ text: t('coupons.giveBackWhy') }],
    fields: {},
    doLabel: t('points.back'),
    async call(_, who) {
      const reply = await ask('coupons.giveBack', { code, ...who })
      if (reply.ok) await given()
      return reply
    },
  })
