// The pages of the window under the entries of its side bar, as their folders declare them.
// A page that a person may not read is not shown to that person.
import { pages } from '../pages/pages.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { ApiName } from '#runtime/api/table.ts'
import { places, type Page, type Place } from './page.ts'

export type PageId = keyof typeof pages

/** The declaration of a page. */
export const pageAt = (id: PageId): Page => pages[id]

/** Pages with links, in the order of their places. */
const listed = (Object.keys(pages) as PageId[])
  .filter((id) => pageAt(id).order !== undefined)
  .toSorted((a, b) => (pageAt(a).order ?? 0) - (pageAt(b).order ?? 0))

/** Its address before a thing is chosen on it. */
export const pathOf = (id: PageId): string => pages[id].path.replace(/\/:.*$/, '')

/** What runs behind the window, and what its person may do. */
interface Seat {
  readonly mode: string | null
  readonly isSetup: boolean
  readonly hasReservations: boolean
  readonly hasSpaces: boolean
  readonly hasPartners: boolean
  can(name: ApiName): boolean
}

/** The pages that work here; a lot is set up on its own workbench. */
export const pagesFor = ({ mode, isSetup, can, ...has }: Seat): readonly PageId[] =>
  listed.filter((id) => {
    const { reads, bench = false, needs } = pageAt(id)
    if (needs === 'setup') return isSetup
    if (needs === 'reservations' && !has.hasReservations) return false
    if (needs === 'spaces' && !has.hasSpaces) return false
    if (needs === 'partners' && !has.hasPartners) return false
    if (needs === 'ownLot' && mode === 'demo') return false
    const onBench = bench === true || (bench === 'setup' && isSetup)
    return can(reads) && (mode !== 'workbench' || onBench)
  })

/** The call that a place is there for; without it its other pages have no entry. */
const restsOn: Readonly<Partial<Record<Place, ApiName>>> = {
  devices: 'device.settings',
  works: 'device.health',
}

/** The entries of the side bar, each with its pages; a press on the entry opens the first one. */
export const entriesFor = (seat: Seat) =>
  places.flatMap((entry) => {
    const own = pagesFor(seat).filter(
      (id) =>
        pages[id].place === entry && (seat.mode === 'workbench' || pageAt(id).parts === undefined),
    )
    const rest = restsOn[entry]
    return own.length === 0 || (rest !== undefined && !seat.can(rest)) ? [] : [{ entry, own }]
  })

/** The place of a person's work, by a call that only such a person may make: the first that fits. */
const homes: readonly (readonly [ApiName, Place])[] = [
  ['tariff.save', 'money'],
  ['lane.settle', 'booth'],
  ['first.start', 'works'],
  ['device.apply', 'devices'],
  ['ledger.query', 'money'],
]
/** Where a person begins: the first page of the place of the person's work. */
export function homeFor(seat: Seat): string {
  const place = homes.find(([call]) => seat.can(call))?.[1]
  const first = entriesFor(seat).find(({ entry }) => entry === place)?.own[0]
  return pathOf(first ?? 'lane')
}

/** The pages of the parts of a device, in the order of its tabs. */
export const partsOf = (kind: LaneKind, seat: Seat): readonly PageId[] =>
  (Object.keys(pages) as PageId[])
    .filter((id) => pageAt(id).parts?.includes(kind) === true && seat.can(pageAt(id).reads))
    .toSorted((a, b) => (pageAt(a).order ?? 0) - (pageAt(b).order ?? 0))

/** The page of a path: the one with the longest matching path. */
export const pageOf = (path: string): PageId | undefined =>
  listed
    .filter((id) => path === pathOf(id) || path.startsWith(`${pathOf(id)}/`))
    .toSorted((a, b) => pathOf(b).length - pathOf(a).length)[0]

export const entryOf = (path: string): Place | undefined => {
  const page = pageOf(path)
  return page === undefined ? undefined : pages[page].place
}

/** Whether this window and its person have the page of a path. */
export function isTheirs(path: string, seat: Seat): boolean {
  const page = pageOf(path)
  return page === undefined || pagesFor(seat).includes(page)
}
