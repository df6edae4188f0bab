// The form of one member: added, renewed or changed, with who and why.
// The runtime refuses what breaks a rule, and names the field.
import { memberKinds, type Member } from '#base/pure/rows/member-row.ts'
import { normalisePlate, plateWords } from '#base/pure/plates/plate.ts'
import { ask } from '../../api/client.ts'
import { actForm } from '../../kit/forms/act-form.ts'
import type { Words } from '../../kit/words.ts'

const saleMeans = ['cash', 'transfer'] as const
/** The typed plates in normal form; null for text that is not a plate. */
export const knownPlates = (typed: unknown): readonly (string | null)[] =>
  typeof typed === 'string' ? plateWords(typed).map((one) => normalisePlate(one)) : []

interface Asked {
  readonly member: Member
  readonly isNew: boolean
}
const fieldsOf = ({ t }: Words, { member, isNew }: Asked, areas: readonly string[]) =>
  ({
    no: { kind: 'text', label: t('members.no'), start: member.no, max: 20, fixed: !isNew },
    kind: {
      kind: 'enum',
      label: t('members.kind'),
      start: member.kind,
      choices: memberKinds.map((value) => ({ value, word: t(`members.kindOf.${value}`) })),
    },
    name: { kind: 'text', label: t('members.name'), start: member.name, max: 40 },
    spaces: {
      kind: 'integer',
      label: t('members.spaces'),
      start: member.spaces,
      max: 99,
      optional: true,
      empty: t('members.noLimit'),
      hint: t('members.spacesWhy'),
    },
    plates: {
      kind: 'text',
      label: t('members.plates'),
      start: member.plates.join(' '),
      max: 300,
      wide: true,
      hint: t('members.platesWhy'),
    },
    from: { kind: 'day', label: t('members.from'), start: member.from },
    until: {
      kind: 'day',
      label: t('members.until'),
      start: member.until ?? '',
      since: 'from',
      wide: true,
      optional: true,
      hint: t('members.untilWhy'),
    },
    amountFen: {
      kind: 'fen',
      label: t('members.sold'),
      as: 'sold',
      optional: true,
      empty: t('members.soldNone'),
      hint: t('members.soldWhy'),
    },
    means: {
      kind: 'enum',
      label: t('members.means'),
      start: 'cash',
      choices: saleMeans.map((value) => ({ value, word: t(`act.meansOf.${value}`) })),
    },
    areas: {
      kind: 'many',
      label: t('members.areas'),
      as: 'area',
      start: member.areas ?? [],
      choices: areas.map((value) => ({ value, word: value })),
      wide: true,
    },
  }) as const

export const memberForm = (
  words: Words,
  asked: Asked,
  areas: readonly string[],
  saved: () => unknown,
) =>
  actForm({
    title: asked.isNew
      ? words.t('members.add')
      : words.t('members.renewTitle', { no: asked.member.no }),
    reasons: 'members',
    usual: asked.isNew ? 0 : 1,
    columns: 2,
    test: 'member-form',
    fields: fieldsOf(words, asked, areas),
    only: {
      amountFen: ({ kind }) => kind === 'period',
      means: ({ kind }) => kind === 'period',
      areas: () => areas.length > 0,
    },
    doLabel: words.t('members.save'),
    async call({ amountFen, means, plates, areas: chosen, ...member }, who) {
      const isSold = amountFen !== null && amountFen > 0
      const reply = await ask('members.issue', {
        member: {
          ...member,
          plates: [...plateWords(plates)],
          areas: chosen === null || chosen.length === 0 ? null : chosen,
        },
        ...(isSold ? { sold: { amountFen, means: means ?? 'cash' } } : {}),
        ...who,
      })
      if (reply.ok) saved()
      return reply
    },
  })
