// The screens that exist, in work order: the side bar and the palette list these and no others.
// A screen that does not exist yet has no row here and no link anywhere.

const screens = [
  'setup',
  'lane',
  'devices',
  'survey',
  'passport',
  'ledger',
  'queue',
  'profiles',
  'system',
] as const
type Screen = (typeof screens)[number]

/** Without a lot there are no lanes, no records and nothing to send: those pages have nothing to show. */
const ofBench: readonly Screen[] = ['devices', 'survey', 'passport', 'system']
/** Pages of devices that the workbench answers; the others need a lane. */
const devicePagesOfBench: readonly string[] = ['settings', 'find', 'frames', 'tune']
export const hasDevicePage = (page: string, mode: string | null): boolean =>
  mode !== 'workbench' || devicePagesOfBench.includes(page)
/** The screens that work in this mode; a lot is set up on a workbench of its own. */
export const screensOf = (mode: string | null, setup = false): readonly Screen[] => {
  if (mode === 'workbench') return setup ? ['setup', ...ofBench] : ofBench
  return screens.filter((screen) => screen !== 'setup')
}

/** The row that a page belongs to: the stays to check are reached from the ledger. */
export const screenOf = (path: string): Screen | undefined =>
  path.startsWith('/stays') ? 'ledger' : screens.find((screen) => path.startsWith(`/${screen}`))
