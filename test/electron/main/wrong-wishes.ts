// Requests that a form of the start page must refuse before it runs its command, whichever command it is.
// Both forms take a folder and a recovery key.

interface Wish {
  readonly from: string
  readonly keyText: string
}

export const wrongWishes = (wish: Wish): [what: string, given: unknown][] => [
  ['nothing', null],
  ['a number for a text', { ...wish, from: 7 }],
  ['a text without end', { ...wish, keyText: 'x'.repeat(4_001) }],
  ['no folder', { ...wish, from: '' }],
  ['no key', { ...wish, keyText: ' \n' }],
]
