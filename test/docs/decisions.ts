// Rules for the pages of decisions: few pages with one sentence of purpose, each decision with its numbers as anchors
// and its three parts; each `ADR n` and each link anywhere in the repository leads to such an anchor.
import { posix } from 'node:path'
import type { Tree } from '../tidy/tree.ts'

const folder = 'docs/decisions/'
const index = `${folder}README.md`
const pagesMax = 12
const parts = ['Decided', 'Why', 'Changes if']

const anchorShape = /<a id="adr-([^"]*)"><\/a>/g
const anchorsIn = (text: string): string[] =>
  [...text.matchAll(anchorShape)].map(([, id = '']) => id)

/** The heading `## <a id="adr-7"></a><a id="adr-9"></a>7, 9. Title`: its anchors are the numbers in its text. */
function headFaults(head: string): string[] {
  const [, numbers = '', title = ''] = /<\/a>(\d+(?:, \d+)*)\. (.*)$/.exec(head) ?? []
  const ids = anchorsIn(head)
  const inOrder = ids.every((id, at) => at === 0 || Number(ids[at - 1]) < Number(id))
  if (ids.length === 0 || ids.join(', ') !== numbers || title.trim() === '')
    return ['its anchors are not its numbers, or it has no title']
  return inOrder ? [] : ['its numbers do not rise']
}

/** Blocks between empty lines; a block that begins with `**` starts a part, which goes on until the next one. */
function partFaults(body: string): string[] {
  const named = [...body.matchAll(/^\*\*([^*]+):\*\*(.*)$/gm)].map(([, name, text]) => [name, text])
  const isWhole = named.every(([, text]) => (text ?? '').trim() !== '')
  return isWhole && named.map(([name]) => name).join() === parts.join()
    ? []
    : [`has not the parts ${parts.join(', ')}, each once and in this order`]
}

function pageFaults(path: string, text: string): string[] {
  const [head = '', ...sections] = text.split(/^(?=## )/m)
  const [title = '', purpose = '', ...more] = head.trim().split('\n\n')
  const isOneSentence = /^[^.]+(?:\.[^.\s][^.]*)*\.$/.test(purpose.replaceAll('\n', ' '))
  const faults = [
    ...(/^# Decisions: .+$/.test(title) ? [] : ['does not begin with its title']),
    ...(isOneSentence && more.length === 0 ? [] : ['does not begin with one sentence of purpose']),
    ...(sections.length === 0 ? ['has no decision'] : []),
  ]
  const ofSections = sections.flatMap((section) => {
    const [line = ''] = section.split('\n', 1)
    const body = section.slice(line.length)
    const strays = anchorsIn(body).length === 0 ? [] : ['has an anchor below its heading']
    return [...headFaults(line), ...partFaults(body), ...strays].map((what) => `${line}: ${what}`)
  })
  return [...faults, ...ofSections].map((what) => `${path}: ${what}`)
}

/** Numbers without a decision are in the table of the index, each in its own row. */
function indexFaults(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const ids = anchorsIn(line)
    const isRow = /^\| <a id="adr-(\d+)"><\/a>\1 \| \S.* \|$/.test(line)
    return ids.length === 0 || (ids.length === 1 && isRow) ? [] : [`${index}: not a row: ${line}`]
  })
}

/** Each number with its page; a number that occurs twice is a fault. */
function anchorsOf(pages: Tree): readonly [ReadonlyMap<string, string>, string[]] {
  const found = new Map<string, string>()
  const twice: string[] = []
  for (const [path, text] of pages) {
    for (const id of anchorsIn(text)) {
      if (!/^[1-9]\d*$/.test(id)) twice.push(`${path}: adr-${id} is no number`)
      if (found.has(id)) twice.push(`${path}: adr-${id} stands in ${found.get(id)} as well`)
      found.set(id, path)
    }
  }
  return [found, twice]
}

function mentionFaults(tree: Tree, anchors: ReadonlyMap<string, string>): string[] {
  return [...tree].flatMap(([path, text]) => {
    const named = [...text.matchAll(/\bADRs? \[?(\d+)/g)].flatMap(([whole, id = '']) =>
      anchors.has(id) ? [] : [`${path}: there is no ${whole}`],
    )
    const base = path === 'docs/coverage.json' ? 'docs' : posix.dirname(path)
    const linked = [...text.matchAll(/\]\(([^)\s]*)#adr-(\w+)\)/g)].flatMap(
      ([, page = '', id = '']) => {
        const target = page === '' ? path : posix.join(base, page)
        return anchors.get(id) === target ? [] : [`${path}: ADR ${id} does not stand in ${target}`]
      },
    )
    return [...named, ...linked]
  })
}

export function decisionFaults(tree: Tree): string[] {
  const pages: Tree = new Map([...tree].filter(([path]) => path.startsWith(folder)))
  const themes = [...pages].filter(([path]) => path !== index)
  const [anchors, twice] = anchorsOf(pages)
  return [
    ...(themes.length > pagesMax ? [`${folder}: ${themes.length} pages`] : []),
    ...themes.flatMap(([path, text]) => pageFaults(path, text)),
    ...themes.flatMap(([path]) =>
      pages.get(index)?.includes(`](${path.slice(folder.length)})`)
        ? []
        : [`${path}: is not in the list of ${index}`],
    ),
    ...indexFaults(pages.get(index) ?? ''),
    ...twice,
    ...mentionFaults(tree, anchors),
  ]
}
