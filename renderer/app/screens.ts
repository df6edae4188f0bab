// The screens that exist, in work order: the side bar and the palette list these and no others.
// A screen that does not exist yet has no row here and no link anywhere.

export const screens = [
  'lane',
  'devices',
  'survey',
  'passport',
  'ledger',
  'queue',
  'profiles',
  'system',
] as const
export type Screen = (typeof screens)[number]

/** The row that a page belongs to: the stays to check are reached from the ledger. */
export const screenOf = (path: string): Screen | undefined =>
  path.startsWith('/stays') ? 'ledger' : screens.find((screen) => path.startsWith(`/${screen}`))
