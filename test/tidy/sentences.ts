// Finds English sentences in product code without a Chinese one beside them, in the syntax tree: a text for a person,
// an answer or a row is a word with arguments or has both languages.
import ts from 'typescript'
import type { Tree } from './tree.ts'

const product =
  /^(?:firmware-runtime\/(?!simulators\/|harness\/)|electron\/|renderer\/(?!i18n\/|sandbox\/)|features\/(?!\w+\/words[\w-]*\.ts)).*\.(?:ts|vue)$/

/** Two lower-case words in a row. */
const isEnglish = (text: string): boolean =>
  /[a-z]{2,} /.test(text) &&
  /(?:^|[^A-Za-z_./<-])[A-Za-z]?[a-z]+'?s? (?:an? |[A-Z]\w* )?[a-z]{2,}/.test(text)
const isChinese = (text: string): boolean => /[\u4e00-\u9fff]/.test(text)
const isSql = (text: string): boolean =>
  /^\s*(?:SELECT|INSERT|CREATE|UPDATE|DELETE|WITH|PRAGMA|DROP|ALTER|<)|SELECT |= :| IN \(|json_extract/.test(
    text,
  )
const isMarkup = (text: string): boolean => /^\s*[@.<]|=".*"/.test(text)

/** Calls whose texts only a programmer reads: assertions, usage lines, schemas for editors, checks of a harness. */
const programmers =
  /^(?:must|present|act|Error|RangeError|TypeError|c\.check|.*\.(?:prepare|exec|describe|meta|encode|includes|querySelector)|Symbol|bytesOfAscii|z\.literal|leaseLink|BenchRsu\.open|peopleOffline|digest)$/
/** Members that are one language of a pair, a schema's description, or a command's words. */
const paired = /^(?:en|description|does|title|format|command)$/

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ literal }) => `\u00a7${literal.text}`).join('')
    : null
}

const holdsBoth = (node: ts.Node): boolean =>
  ts.isCallExpression(node) ||
  ts.isNewExpression(node) ||
  ts.isObjectLiteralExpression(node) ||
  ts.isArrayLiteralExpression(node) ||
  ts.isConditionalExpression(node)

/** Whether a Chinese text stands beside it, or only a programmer reads it. */
function isGood(node: ts.Node, file: ts.SourceFile): boolean {
  let below = node
  for (let at = node.parent, depth = 0; depth < 10 && !ts.isSourceFile(at); depth++) {
    const beside = holdsBoth(at) ? at.getText(file).replace(below.getText(file), '') : ''
    if (isChinese(beside) && !(ts.isObjectLiteralExpression(at) && depth > 3)) return true
    if (ts.isBlock(at) || ts.isFunctionDeclaration(at)) return false
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) {
      if (programmers.test(at.expression.getText(file).replaceAll(/\s+/g, ''))) return true
    }
    if (ts.isPropertyAssignment(at) && paired.test(at.name.getText(file))) return true
    if (ts.isVariableDeclaration(at) && /^(?:en|usage)$/.test(at.name.getText(file))) return true
    below = at
    at = at.parent
  }
  return false
}

function scriptOfVue(source: string): string {
  const found = /<script[^>]*>([\s\S]*?)<\/script>/.exec(source)
  return found?.[1] ?? ''
}

/** Each as `path: text`. */
export function englishAlone(path: string, source: string): string[] {
  const script = path.endsWith('.vue') ? scriptOfVue(source) : source
  const file = ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isLiteralTypeNode(node)) return
    const text = textOf(node)
    if (text === null || ts.isTemplateExpression(node)) ts.forEachChild(node, look)
    if (text === null || !isEnglish(text) || isChinese(text)) return
    if (!isSql(text) && !isMarkup(text) && !isGood(node, file))
      found.push(`${path}: ${text.replaceAll(/\s+/g, ' ').slice(0, 60)}`)
  }
  look(file)
  return found
}

export const sentencesOf = (tree: Tree): string[] =>
  [...tree].flatMap(([path, source]) => (product.test(path) ? englishAlone(path, source) : []))
