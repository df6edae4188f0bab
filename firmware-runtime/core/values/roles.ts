// The people of a lot by role, and the kinds of work of the control API with the roles that do each.
// Every row of the call table names one kind of work; `seat` alone needs nobody signed in.

export const roles = ['owner', 'attendant', 'installer', 'support', 'auditor'] as const
export type Role = (typeof roles)[number]

const rights = {
  /** Signing in, and what a window asks before that. */
  seat: roles,
  /** What every page shows: lanes, their state, the status of the lot. */
  everyone: roles,
  /** Records and sums of money. */
  books: ['owner', 'attendant', 'support', 'auditor'],
  /** Whole plates and card numbers in what leaves the lot. */
  plates: ['owner', 'auditor'],
  /** What devices are set to and what they sent. */
  gear: ['owner', 'installer', 'support', 'auditor'],
  /** Acts on cars and lanes. */
  attendant: ['owner', 'attendant', 'installer'],
  /** Taking money, or letting go of it. */
  till: ['owner', 'attendant'],
  /** Acts on devices and surveys. */
  installer: ['owner', 'installer', 'support'],
  owner: ['owner'],
  /** Who the people are, without their secrets. */
  people: ['owner', 'auditor'],
} as const satisfies Record<string, readonly Role[]>
export type Right = keyof typeof rights

/** Null: nobody is signed in. */
export const mayDo = (role: Role | null, right: Right): boolean =>
  role === null ? right === 'seat' : rolesFor(right).includes(role)

export const rolesFor = (right: Right): readonly Role[] => rights[right]
