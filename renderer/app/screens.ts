// The pages that exist, under the five entries of the side bar: by person, not by program (ui.md section 8).
// A page that does not exist yet has no row here and no link anywhere; whoever may not read it does not see it.
import type { Right } from '../../firmware-runtime/core/values/roles.ts'

const entries = ['lane', 'records', 'devices', 'commission', 'settings'] as const
type Entry = (typeof entries)[number]

interface Page {
  readonly entry: Entry
  readonly path: string
  /** What it is made of (roles.ts). */
  readonly right: Right
  /** Without a lot there are no lanes, no records and nothing to send. */
  readonly bench?: boolean
}

const pages = {
  lane: { entry: 'lane', path: '/lane', right: 'everyone' },
  ledger: { entry: 'records', path: '/ledger', right: 'books' },
  day: { entry: 'records', path: '/day', right: 'books' },
  report: { entry: 'records', path: '/reports', right: 'books' },
  stays: { entry: 'records', path: '/stays', right: 'books' },
  members: { entry: 'records', path: '/members', right: 'books' },
  inside: { entry: 'records', path: '/inside', right: 'books' },
  coupons: { entry: 'records', path: '/coupons', right: 'books' },
  queue: { entry: 'records', path: '/queue', right: 'books' },
  devices: { entry: 'devices', path: '/devices', right: 'gear', bench: true },
  setup: { entry: 'commission', path: '/setup', right: 'owner' },
  survey: { entry: 'commission', path: '/survey', right: 'gear', bench: true },
  order: { entry: 'commission', path: '/survey/order', right: 'gear', bench: true },
  files: { entry: 'commission', path: '/survey/files', right: 'gear', bench: true },
  passport: { entry: 'commission', path: '/passport', right: 'gear', bench: true },
  system: { entry: 'settings', path: '/system', right: 'gear', bench: true },
  copies: { entry: 'settings', path: '/copies', right: 'gear' },
  tariff: { entry: 'settings', path: '/tariff', right: 'everyone' },
  people: { entry: 'settings', path: '/people', right: 'people' },
  profiles: { entry: 'settings', path: '/profiles', right: 'gear' },
} as const satisfies Readonly<Record<string, Page>>
type PageId = keyof typeof pages
const pageIds = Object.keys(pages) as PageId[]

export const pathOf = (page: PageId): string => pages[page].path

/** Where a window stands: what runs, and what its person may. */
interface Seat {
  readonly mode: string | null
  readonly isSetup: boolean
  may(right: Right): boolean
}

/** The pages that work here; a lot is set up on a workbench of its own. */
export const pagesFor = ({ mode, isSetup, may }: Seat): readonly PageId[] =>
  pageIds.filter((id) => {
    const { right, bench = false }: Page = pages[id]
    if (id === 'setup') return isSetup
    return may(right) && (mode !== 'workbench' || bench)
  })

const restsOn: Readonly<Partial<Record<Entry, Right>>> = { settings: 'gear' }

/** The entries of the side bar, each with its pages; the first one is where it leads. */
export function entriesFor(
  seat: Seat,
): readonly { readonly entry: Entry; readonly own: readonly PageId[] }[] {
  const there = pagesFor(seat)
  return entries.flatMap((entry) => {
    const own = there.filter((id) => pages[id].entry === entry)
    const right = restsOn[entry]
    return own.length === 0 || (right !== undefined && !seat.may(right)) ? [] : [{ entry, own }]
  })
}

/** The page of a path: the longest that it begins with. */
export const pageOf = (path: string): PageId | undefined =>
  pageIds
    .filter((id) => path === pages[id].path || path.startsWith(`${pages[id].path}/`))
    .sort((a, b) => pages[b].path.length - pages[a].path.length)[0]

export const entryOf = (path: string): Entry | undefined => {
  const page = pageOf(path)
  return page === undefined ? undefined : pages[page].entry
}

/** Pages of devices that the workbench answers; the others need a lane. */
const devicePagesOfBench: readonly string[] = ['settings', 'find', 'frames', 'tune']
export const hasDevicePage = (page: string, mode: string | null): boolean =>
  mode !== 'workbench' || devicePagesOfBench.includes(page)
