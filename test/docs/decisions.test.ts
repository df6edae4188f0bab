// The pages of decisions are few and complete, and each number in code or text leads to one of them.
// Each rule is tested with a small page that breaks it.
import { describe, expect, it } from 'vitest'
import { readTree, treeOf } from '../tidy/tree.ts'
import { decisionFaults } from './decisions.ts'

const index = 'docs/decisions/README.md'
const page = 'docs/decisions/a.md'
const anchor = (id: number | string): string => `<a id="adr-${id}"></a>`
const body = '\n\n**Decided:** This.\n\n**Why:** That.\n\n**Changes if:** never.\n'
const files = {
  [index]: `# Decisions\n\n[a](a.md)\n\n| ${anchor(3)}3 | replaced by [${'ADR'} 1](a.md#adr-${1}) |\n`,
  [page]: `# Decisions: a\n\nWhat v1.2 is.\n\n## ${anchor(1)}${anchor(2)}1, 2. One${body}\n## ${anchor(4)}4. Two${body}`,
  'a.ts': `// As ${'ADR'} 2 says, ${'ADR'} 3 too.`,
}
const changed = (path: string, from: string, to: string): string[] => {
  const text = files[path as keyof typeof files] ?? ''
  expect(text).toContain(from)
  return decisionFaults(treeOf({ ...files, [path]: text.replace(from, to) }))
}

describe('decisions', () => {
  it('are at most twelve pages, whole, and found by every number that is named', () => {
    expect(decisionFaults(readTree())).toEqual([])
  })
  it('are in order in a small example', () => {
    expect(decisionFaults(treeOf(files))).toEqual([])
  })
  it.each([
    ['a page without its title', page, '# Decisions: a', '# A'],
    ['a second sentence of purpose', page, 'What v1.2 is.', 'What is. And more.'],
    ['no sentence of purpose', page, 'What v1.2 is.\n\n', ''],
    ['a part too few', page, '**Why:** That.', 'That.'],
    ['an empty part', page, '**Why:** That.', '**Why:**'],
    [
      'parts in another order',
      page,
      '**Decided:** This.\n\n**Why:** That.',
      '**Why:** That.\n\n**Decided:** This.',
    ],
    ['a part twice', page, '**Why:** That.', '**Why:** That.\n\n**Why:** More.'],
    ['a heading of another number', page, '4. Two', '5. Two'],
    ['a heading without an anchor', page, `${anchor(4)}4. Two`, '4. Two'],
    ['a heading without a title', page, '4. Two', '4. '],
    ['numbers that fall', page, `${anchor(1)}${anchor(2)}1, 2.`, `${anchor(2)}${anchor(1)}2, 1.`],
    ['a number twice', page, `${anchor(4)}4. Two`, `${anchor(3)}3. Two`],
    ['a number with a nought before it', index, `${anchor(3)}3`, `${anchor('03')}03`],
    ['an anchor in a text', page, 'This.', `This ${anchor(7)}.`],
    ['a row without words', index, `replaced by [${'ADR'} 1](a.md#adr-${1})`, ''],
    ['a number that is nowhere', 'a.ts', `${'ADR'} 2`, `${'ADR'} 9`],
    ['a link to a number that is nowhere', index, '#adr-1)', '#adr-9)'],
    ['a link to another page', index, '(a.md#', '(b.md#'],
    ['a page that the list leaves out', index, '[a](a.md)', 'a'],
  ])('refuse %s', (_, path, from, to) => {
    expect(changed(path, from, to)).not.toEqual([])
  })
  it('refuse a thirteenth page', () => {
    const more = Array.from({ length: 12 }, (_, at) => [
      `docs/decisions/b${at}.md`,
      `# Decisions: b\n\nMore.\n\n## ${anchor(20 + at)}${20 + at}. One${body}`,
    ])
    const list = {
      ...files,
      [index]: `${files[index]}${more.map(([path]) => `[b](${path?.slice(15)})`).join('')}`,
    }
    expect(decisionFaults(treeOf({ ...list, ...Object.fromEntries(more.slice(1)) }))).toEqual([])
    expect(decisionFaults(treeOf({ ...list, ...Object.fromEntries(more) }))).toEqual([
      'docs/decisions/: 13 pages',
    ])
  })
})
