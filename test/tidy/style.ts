// `npm run check -- --style`: every style list, each finding with path, line and text, and the counts. Style is a hint
// for people who edit a place: it fails nothing, and the exit code is always 0. The argument is another tree.
import { longComments, longPages, longSentences, longTitles, missingHeads } from './prose.ts'
import { readTree, type Tree } from './tree.ts'
import { bareLocals, retiredNames, retiredOf, screenWords } from './words.ts'

const lists: Readonly<Record<string, (tree: Tree) => readonly string[]>> = {
  'retired words in names': (tree) => retiredNames(tree, retiredOf(tree)),
  'told, heard or asked alone': bareLocals,
  'retired words in what a person reads': screenWords,
  'heads of files': missingHeads,
  'sentences of comments': longSentences,
  'lengths of comments': longComments,
  'lengths of titles': longTitles,
  'lengths of pages': longPages,
}

const tree = readTree(process.argv[2])
for (const [name, list] of Object.entries(lists)) {
  const found = list(tree)
  process.stdout.write(`${[`${name}: ${found.length}`, ...found].join('\n')}\n\n`)
}
