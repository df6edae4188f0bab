// The people of a lot by role, and the kinds of work of the control API with the roles that do each.
// Every row of the call table names one kind of work; only `seat` needs no signed-in person.

import { t, type BilingualText } from '../words/fault-text.ts'

export const roles = ['owner', 'attendant', 'installer', 'support', 'auditor'] as const
export type Role = (typeof roles)[number]

export const roleWords: Readonly<Record<Role, BilingualText>> = {
  owner: t('业主', 'Owner'),
  attendant: t('值班员', 'Attendant'),
  installer: t('安装人员', 'Installer'),
  support: t('技术支持', 'Support'),
  auditor: t('审计', 'Auditor'),
}

const rights = {
  /** Sign-in, and the calls of a window before it. */
  seat: roles,
  /** Data on every page: lanes, their state, the status of the lot. */
  everyone: roles,
  /** Records and sums of money of every day and every shift. */
  books: ['owner', 'support', 'auditor'],
  /** The part needed at the desk; a role without the books sees its own shift only (shift-fence.ts). */
  desk: ['owner', 'attendant', 'support', 'auditor'],
  /** Whole plates and card numbers in what leaves the lot. */
  plates: ['owner', 'auditor'],
  /** Settings and frames of devices. */
  gear: ['owner', 'installer', 'support', 'auditor'],
  /** Acts on cars and lanes. */
  attendant: ['owner', 'attendant', 'installer'],
  /** Taking money, or letting go of it. */
  till: ['owner', 'attendant'],
  /** The first car of a lane that is being set up: it goes for a fen that comes back. */
  firstCar: ['owner', 'installer'],
  /** Acts on devices and surveys. The owner is among them: a small lot has no other installer. */
  installer: ['owner', 'installer', 'support'],
  /** Bringing the bytes of a photo or file that an act then names. */
  bringer: ['owner', 'attendant', 'installer', 'support'],
  /** Correcting records refused for their format, and sending held ones. */
  mender: ['owner', 'support'],
  owner: ['owner'],
  /** The accounts, without their secrets. */
  people: ['owner', 'auditor'],
} as const satisfies Record<string, readonly Role[]>
export type Right = keyof typeof rights

/** Null: not signed in. */
export const mayDo = (role: Role | null, right: Right): boolean =>
  role === null ? right === 'seat' : rolesFor(right).includes(role)

export const rolesFor = (right: Right): readonly Role[] => rights[right]
