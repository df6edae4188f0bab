// The screens that exist, in work order: the side bar and the palette list these and no others.
// A screen that does not exist yet has no row here and no link anywhere.
import type { Right } from '../../firmware-runtime/core/values/roles.ts'

const screens = [
  'setup',
  'lane',
  'devices',
  'survey',
  'passport',
  'ledger',
  'queue',
  'profiles',
  'people',
  'system',
] as const
type Screen = (typeof screens)[number]

/** What a page is made of; whoever may not read that does not see the page (roles.ts). */
const rightOf: Readonly<Record<Screen, Right>> = {
  setup: 'owner',
  lane: 'everyone',
  devices: 'gear',
  survey: 'gear',
  passport: 'gear',
  ledger: 'books',
  queue: 'books',
  profiles: 'gear',
  people: 'people',
  system: 'everyone',
}

/** Without a lot there are no lanes, no records and nothing to send: those pages have nothing to show. */
const ofBench: readonly Screen[] = ['devices', 'survey', 'passport', 'system']
/** Pages of devices that the workbench answers; the others need a lane. */
const devicePagesOfBench: readonly string[] = ['settings', 'find', 'frames', 'tune']
export const hasDevicePage = (page: string, mode: string | null): boolean =>
  mode !== 'workbench' || devicePagesOfBench.includes(page)
/** The screens that work in this mode; a lot is set up on a workbench of its own. */
export const screensOf = (
  mode: string | null,
  setup = false,
  may: (right: Right) => boolean = () => true,
): readonly Screen[] => {
  if (mode === 'workbench') return setup ? ['setup', ...ofBench] : ofBench
  return screens.filter((screen) => screen !== 'setup' && may(rightOf[screen]))
}

/** Pages without a row: the stays to check are reached from the ledger, tariff and members from the system. */
const rowOf: Readonly<Record<string, Screen>> = {
  stays: 'ledger',
  tariff: 'system',
  members: 'system',
}
/** The row that a page belongs to. */
export const screenOf = (path: string): Screen | undefined => {
  const [, first = ''] = path.split('/')
  return rowOf[first] ?? screens.find((screen) => screen === first)
}
