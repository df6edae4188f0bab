// The existing pages under the five entries of the side bar, ordered by person, not by program part (ui.md section 8).
// A page that a person may not read is not shown to that person.
import type { ApiName } from '../../firmware-runtime/api/table.ts'
import { devicePagesFor, isDevicePage } from '../kit/device-pages.ts'

const entries = ['lane', 'records', 'devices', 'commission', 'settings'] as const
type Entry = (typeof entries)[number]

interface Page {
  readonly entry: Entry
  readonly path: string
  /** The call whose answer the page shows; a person who may not make it does not see the page. */
  readonly reads: ApiName
  /** The page also works on a workbench, which has no lanes, no records and nothing to send. */
  readonly bench?: boolean
  /** Only for a lot with a reservation platform. */
  readonly ofReservations?: boolean
}

const pages = {
  lane: { entry: 'lane', path: '/lane', reads: 'board.get' },
  ledger: { entry: 'records', path: '/ledger', reads: 'ledger.query' },
  day: { entry: 'records', path: '/day', reads: 'day.get' },
  report: { entry: 'records', path: '/reports', reads: 'report.state' },
  refunds: { entry: 'records', path: '/refunds', reads: 'refunds.asked' },
  stays: { entry: 'records', path: '/stays', reads: 'stays.toCheck' },
  members: { entry: 'records', path: '/members', reads: 'members.list' },
  inside: { entry: 'records', path: '/inside', reads: 'inside.list' },
  reservations: {
    entry: 'records',
    path: '/reservations',
    reads: 'reservation.get',
    ofReservations: true,
  },
  points: { entry: 'records', path: '/points', reads: 'points.list' },
  coupons: { entry: 'records', path: '/coupons', reads: 'coupons.list' },
  queue: { entry: 'records', path: '/queue', reads: 'queue.list' },
  devices: { entry: 'devices', path: '/devices', reads: 'device.settings', bench: true },
  setup: { entry: 'commission', path: '/setup', reads: 'setup.get' },
  survey: { entry: 'commission', path: '/survey', reads: 'survey.list', bench: true },
  order: { entry: 'commission', path: '/survey/order', reads: 'survey.list', bench: true },
  files: { entry: 'commission', path: '/survey/files', reads: 'survey.list', bench: true },
  acceptance: { entry: 'commission', path: '/acceptance', reads: 'acceptance.state' },
  papers: { entry: 'commission', path: '/papers', reads: 'papers.state' },
  passport: { entry: 'commission', path: '/passport', reads: 'passport.drift', bench: true },
  rehearsal: { entry: 'commission', path: '/rehearsal', reads: 'rehearse.get' },
  leave: { entry: 'commission', path: '/leave', reads: 'lot.leave' },
  system: { entry: 'settings', path: '/system', reads: 'device.health', bench: true },
  lot: { entry: 'settings', path: '/settings', reads: 'setup.save' },
  copies: { entry: 'settings', path: '/copies', reads: 'backup.status' },
  list: { entry: 'settings', path: '/list', reads: 'list.status' },
  belief: { entry: 'settings', path: '/belief', reads: 'lot.believed' },
  tariff: { entry: 'settings', path: '/tariff', reads: 'tariff.get' },
  people: { entry: 'settings', path: '/people', reads: 'people.list' },
  profiles: { entry: 'settings', path: '/profiles', reads: 'profiles.library' },
} as const satisfies Readonly<Record<string, Page>>
type PageId = keyof typeof pages
const pageIds = Object.keys(pages) as PageId[]

export const pathOf = (page: PageId): string => pages[page].path

/** What runs behind the window, and what its person may do. */
interface Seat {
  readonly mode: string | null
  readonly isSetup: boolean
  readonly hasReservations: boolean
  can(name: ApiName): boolean
}

/** The pages that work here; a lot is set up on its own workbench. */
export const pagesFor = ({ mode, isSetup, hasReservations, can }: Seat): readonly PageId[] =>
  pageIds.filter((id) => {
    const { reads, bench = false, ofReservations = false }: Page = pages[id]
    if (ofReservations && !hasReservations) return false
    if (id === 'setup') return isSetup
    // A demo's lot cannot be edited.
    if (id === 'lot' && mode === 'demo') return false
    return can(reads) && (mode !== 'workbench' || bench)
  })

const restsOn: Readonly<Partial<Record<Entry, ApiName>>> = { settings: 'device.health' }

/** The entries of the side bar, each with its pages; a press on the entry opens the first one. */
export function entriesFor(
  seat: Seat,
): readonly { readonly entry: Entry; readonly own: readonly PageId[] }[] {
  const there = pagesFor(seat)
  return entries.flatMap((entry) => {
    const own = there.filter((id) => pages[id].entry === entry)
    const rest = restsOn[entry]
    return own.length === 0 || (rest !== undefined && !seat.can(rest)) ? [] : [{ entry, own }]
  })
}

/** The first page of a person: lanes, devices or records, by the person's rights. */
export function homeFor({ can }: Pick<Seat, 'can'>): string {
  if (can('lane.settle')) return pathOf('lane')
  if (can('device.apply')) return pathOf('devices')
  return can('ledger.query') ? pathOf('ledger') : pathOf('lane')
}

/** The page of a path: the one with the longest matching path. */
export const pageOf = (path: string): PageId | undefined =>
  pageIds
    .filter((id) => path === pages[id].path || path.startsWith(`${pages[id].path}/`))
    .sort((a, b) => pages[b].path.length - pages[a].path.length)[0]

export const entryOf = (path: string): Entry | undefined => {
  const page = pageOf(path)
  return page === undefined ? undefined : pages[page].entry
}

/** Whether this window and its person have the page of a path. */
export function isTheirs(path: string, seat: Seat): boolean {
  if (isDevicePage(path)) return devicePagesFor(seat).some(({ to }) => to === path)
  const page = pageOf(path)
  return page === undefined || pagesFor(seat).includes(page)
}
