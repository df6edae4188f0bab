// The page of spaces: what their watchers say, the cars that stand there, and the word of a person that a camera that was
// doubted sees its spaces again.
import { expect, it } from 'vitest'
import { done, eachOn, lastOf, sign } from './acts-kit.ts'
import { all, press, showBoard, textOf, wordOf } from './page.ts'

const lot = eachOn('/spaces')

it('says of each space its state, its car, its last look and its watcher', () => {
  expect(textOf('spaces')).toContain('3 个泊位')
  expect(textOf('space-A01')).toContain('测A·12345')
  expect(textOf('space-A02')).toContain(wordOf('spaces.doubt.turned'))
  expect(textOf('space-A03')).toContain(wordOf('spaces.never'))
  expect(textOf('space-A03')).toContain(`${wordOf('spaces.sensor')} mag`)
})

it('takes the word of an installer for a doubted camera, and for no other watcher', async () => {
  lot().replies.set('spaces.trust', done)
  expect(all('[data-test^="trust-"]').map((one) => one.dataset['test'])).toEqual(['trust-A02'])
  await press('trust-A02')
  await sign()
  expect(lastOf(lot(), 'spaces.trust')).toMatchObject({ sourceId: 'road', by: '店主' })
})

it('is linked in a lot that has spaces, and in no other', async () => {
  const links = (): readonly (string | null)[] =>
    all('.nav a').map((link) => link.getAttribute('href'))
  const { status } = lot().board
  expect(links()).not.toContain('/spaces')
  await showBoard(lot(), { ...lot().board, status: { ...status, spaces: 0 } })
  expect(links()).not.toContain('/spaces')
  await showBoard(lot(), { ...lot().board, status: { ...status, spaces: 3 } })
  expect(links()).toContain('/spaces')
})
