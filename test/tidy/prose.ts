// How comments, titles and pages are written, by line: heads of files, sentences, lengths. These are preferences and
// not faults of the product, so they are printed (style.ts) and fail nothing.
import ts from 'typescript'
import { isCode, type Tree } from './tree.ts'

const commentCharsMax = 120
const commentLinesMax = 4
const sentenceWordsMax = 40
const testTitleCharsMax = 90
const pageTitleCharsMax = 80
const decisionLinesMax = 20
const walkStopsMax = 10

/** Whether the first two lines (after `#!`) are a comment: `//`, one block, or `<!-- -->` in a component. */
export function hasHead(path: string, text: string): boolean {
  const [first = '', second = ''] = text.replace(/^#!.*\n/, '').split('\n')
  if (path.endsWith('.vue') && first.startsWith('<!--')) {
    const opensAgain = second.trimStart().startsWith('<!--')
    return opensAgain || (!first.includes('-->') && second.trim().length > 3)
  }
  const block = first.startsWith('/*') && !first.includes('*/') && /^\s*\*? ?\S/.test(second)
  return block || (first.startsWith('// ') && second.startsWith('// '))
}

export const missingHeads = (tree: Tree): string[] =>
  [...tree]
    .filter(([path, text]) => /\.(ts|vue|mjs)$/.test(path) && !hasHead(path, text))
    .map(([path]) => `${path}:1: does not begin with two comment lines that say what it is`)

interface Comment {
  readonly line: number
  readonly lines: readonly string[]
}

/** Comments on their own lines: a run of `//`, a block, or one of a template. */
function commentsOf(text: string): readonly Comment[] {
  const found: { line: number; lines: string[] }[] = []
  let end: string | null = null
  let before = ''
  for (const [index, line] of text.split('\n').entries()) {
    const opens = /^\s*(\/\/|\/\*|<!--)/.exec(line)?.[1] ?? ''
    const goesOn = end !== null || (opens === '//' && before === '//')
    if (goesOn) found.at(-1)?.lines.push(line)
    else if (opens !== '') found.push({ line: index + 1, lines: [line] })
    if (end === null && opens !== '' && opens !== '//') end = opens === '/*' ? '*/' : '-->'
    if (end !== null && line.includes(end)) end = null
    before = opens
  }
  return found
}

const wordsOf = ({ lines }: Comment): string =>
  lines
    .map((line) => line.replace(/^\s*(?:\/\/|\/\*+|<!--|\*(?!\/))/, '').replace(/\*\/|-->/, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const inComments = (tree: Tree, look: (comment: Comment) => readonly [number, string][]) =>
  [...tree].flatMap(([path, text]) =>
    isCode(path)
      ? commentsOf(text).flatMap((comment) =>
          look(comment).map(([line, what]) => `${path}:${line}: ${what}`),
        )
      : [],
  )

export const longComments = (tree: Tree): string[] =>
  inComments(tree, ({ line, lines }) =>
    [
      ...(lines.length > commentLinesMax ? [[line, `${lines.length} lines`] as const] : []),
      ...[...lines.entries()].flatMap(([index, { length }]) =>
        length > commentCharsMax ? [[line + index, `${length} characters`] as const] : [],
      ),
    ].map(([at, what]): [number, string] => [at, what]),
  )

/** A sentence has an end and a limited length. */
export const longSentences = (tree: Tree): string[] =>
  inComments(tree, (comment) => {
    const said = wordsOf(comment)
    const ends = said === '' || /[.:?!)`。]$/.test(said) || /^[@/]/.test(said)
    const long = said
      .split(/(?<=[.?!:;])\s+/)
      .map((sentence) => sentence.split(' ').length)
      .filter((count) => count > sentenceWordsMax)
    return [
      ...(ends ? [] : [[comment.line, 'does not end as a sentence'] as [number, string]]),
      ...long.map((count): [number, string] => [comment.line, `a sentence of ${count} words`]),
    ]
  })

/** `it`, `test.each(rows)` and the like. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return /^(?:it|test|describe)$/.test(callee.text)
  return (
    (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) &&
    isTest(callee.expression)
  )
}

function titlesOf(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const title =
      ts.isCallExpression(node) && isTest(node.expression) ? node.arguments[0] : undefined
    if (title !== undefined && ts.isStringLiteralLike(title)) {
      const { line } = source.getLineAndCharacterOfPosition(title.getStart(source))
      if (title.text.length > testTitleCharsMax)
        found.push(`${path}:${line + 1}: ${title.text.length} characters`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

export const longTitles = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) => {
    if (path.endsWith('.test.ts')) return titlesOf(path, text)
    const { length } = text.split('\n', 1)[0] ?? ''
    return path.endsWith('.md') && length > pageTitleCharsMax
      ? [`${path}:1: ${length} characters`]
      : []
  })

const longDecisions = (path: string, lines: readonly string[]): string[] => {
  const heads = [...lines.entries()].filter(([, line]) => line.startsWith('## '))
  return heads.flatMap(([at], index) => {
    const length = (heads[index + 1]?.[0] ?? lines.length) - at
    return length > decisionLinesMax ? [`${path}:${at + 1}: ${length} lines`] : []
  })
}

/** Decisions, and the description of one car's way through the code, have a limited length. */
export const longPages = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n')
    if (path.startsWith('docs/decisions/')) return longDecisions(path, lines)
    if (path !== 'docs/architecture.md') return []
    const at = lines.indexOf('## One car')
    const [walk = ''] = lines
      .slice(at + 1)
      .join('\n')
      .split('\n## ')
    const stops = walk.match(/^\d+\. /gm)?.length ?? 0
    return stops > walkStopsMax ? [`${path}:${at + 1}: ${stops} stops`] : []
  })
