// What waits for a person: place, title and list.
import { t } from '#base/pure/words/fault-text.ts'
import { roleWords, type Role } from '#base/pure/values/roles.ts'
import type { Words } from '../../kit/words.ts'
import type { Page } from '../../kit/page.ts'

/** A lane of another version may know other roles. */
const roleOf = (role: string, words: Words): string =>
  role in roleWords ? words.of(roleWords[role as Role]) : role

export const page = {
  path: '/inbox',
  place: 'inbox',
  order: 10,
  title: t('待办', 'To do'),
  reads: 'inbox.get',
  bench: 'setup',
  list: {
    keyOf: ({ key }) => key,
    testOf: ({ kind }) => `matter-${kind}`,
    empty: {
      title: t('现在没有等您处理的事', 'Nothing waits for you now'),
      why: t(
        '要批准的退款、对不上的账、被搁置的记录、失联的设备、快到期的证书等,都会列在这里。',
        'Refunds to approve, books that differ, held records, silent devices, certificates that end and the like are listed here.',
      ),
    },
    columns: [
      [
        'mark',
        t('缓急', 'Urgency'),
        ({ isUrgent }, words) => words.of(isUrgent ? t('✕ 急', '✕ Now') : t('▲', '▲')),
        { look: 'one-line', tone: ({ isUrgent }) => (isUrgent ? 'bad' : 'warn') },
      ],
      ['what', t('什么事', 'What'), undefined, 'breaks'],
      [
        'since',
        t('从何时起', 'Since'),
        ({ sinceIso }, words) => words.dateTime(sinceIso),
        { look: 'figures', order: ({ sinceIso }) => sinceIso ?? '' },
      ],
      [
        'whose',
        t('谁来做', 'Whose'),
        ({ people, roles }, words) =>
          words.list(people ?? roles.map((role) => roleOf(role, words))),
        'breaks',
      ],
      ['go', undefined, undefined, 'number'],
    ],
  },
} as const satisfies Page<'inbox.get'>
