// The page of an address: `#/lots/L001` is the page whose path is `lots/:thing`, with the thing L001.
import { computed, ref } from 'vue'
import { pages, type PageName } from '../titles.ts'
import type { CentrePage } from './page.ts'

const hash = ref(location.hash)
window.addEventListener('hashchange', () => {
  hash.value = location.hash
})

interface Place {
  readonly name: PageName
  readonly thing: string
}

function placeOf(address: string): Place | null {
  const parts = address.replace(/^#\/?/, '').split('/')
  for (const [name, { path }] of Object.entries<CentrePage>(pages)) {
    const wanted = path.split('/')
    const fits =
      wanted.length === parts.length &&
      wanted.every((part, at) => part.startsWith(':') || part === parts[at])
    if (!fits) continue
    const at = wanted.findIndex((part) => part.startsWith(':'))
    return { name: name as PageName, thing: at < 0 ? '' : decoded(parts[at] ?? '') }
  }
  return null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** An address of no page is the first one. */
export const place = computed<Place>(() => placeOf(hash.value) ?? { name: 'today', thing: '' })

export const addressOf = (name: PageName, thing = ''): string =>
  `#/${pages[name].path.replace(/:\w+/, encodeURIComponent(thing))}`

/** Where the rows of a sum are, on the page of the money; `*`: all lots, all means. */
export const sumAddress = (lotId: string, day: string, means = '*'): string =>
  `#/money/${encodeURIComponent(`${lotId}~${day}~${means}`)}`

/** The parts of a thing such as `LOT~NODE~SEQ`. */
export const partsOf = (thing: string): readonly string[] => thing.split('~')
