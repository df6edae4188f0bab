// The difference that a table would make in the list of members, as text rows: added, changed, removed.
// Shown before the table is written.
import type { AnswerOf } from '#runtime/api/table.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { plateText, type Words } from '../../kit/words.ts'
import type { CsvPart } from '../../kit/lists/csv-import.ts'

export function partsOfMembers(
  { added, changed, ended }: AnswerOf<'members.compare'>,
  t: Words['t'],
): readonly CsvPart[] {
  const said = ({ no, kind, name, plates, from, until }: Member): string =>
    [
      no,
      t(`members.kindOf.${kind}`),
      name,
      plates.map(plateText).join(' '),
      `${from} – ${until ?? t('members.noEnd')}`,
    ].join(' · ')
  return [
    { name: 'added', title: t('members.added', { count: added.length }), rows: added.map(said) },
    {
      name: 'changed',
      title: t('members.changed', { count: changed.length }),
      rows: changed.map(({ before, after }) => `${said(before)} → ${said(after)}`),
    },
    {
      name: 'ended',
      title: t('members.ended', { count: ended.length }),
      rows: ended.map(said),
      ifComplete: true,
    },
  ]
}
