// The accounts of a lot in set-up, in words: for their row, and for the preview before writing. Accounts and secrets
// are stored by the people service only, never in the draft.
import type { SetupChange } from '../../calls/setup-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { roleWords, type Role } from '#base/pure/values/roles.ts'

export interface SetupPerson {
  readonly name: string
  readonly role: Role
}

const shownMax = 3

export function peopleWords(people: readonly SetupPerson[]): BilingualText {
  if (people.length === 0)
    return t(
      '还没有人员:任何人打开窗口都能收费和放行',
      'There are no people yet: anyone who opens the window can take money and open the barrier',
    )
  const shown = people.slice(0, shownMax)
  const zh = shown.map(({ name, role }) => `${name}(${roleWords[role].zh})`).join('、')
  const en = shown.map(({ name, role }) => `${name} (${roleWords[role].en})`).join(', ')
  const left = people.length - shown.length
  return left === 0 ? t(zh, en) : t(`${zh} 等 ${people.length} 人`, `${en} and ${left} more`)
}

export const changeOfPerson = ({ name, role }: SetupPerson): SetupChange => ({
  what: t(`人员 ${name}`, `Person ${name}`),
  before: null,
  after: roleWords[role],
})
