// Finds English sentences in product code without a Chinese one beside them, in the syntax tree: a text for a person,
// an answer or a row is a word with arguments or has both languages.
import ts from 'typescript'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import type { Tree } from './tree.ts'

const product =
  /^(?:firmware-runtime\/(?!simulators\/|harness\/)|electron\/|centre\/(?!pages\/\w+\/words)|renderer\/(?!i18n\/|sandbox\/|pages\/\w+\/words[\w-]*\.ts)).*\.(?:ts|vue)$/

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

/** The texts of a file that are no import, type or markup, with their syntax. */
function textsOf(path: string, source: string, found: (text: string, node: ts.Node) => boolean) {
  const script = path.endsWith('.vue') ? scriptOfVue(source) : source
  const file = ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true)
  const all: string[] = []
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isLiteralTypeNode(node)) return
    const text = textOf(node)
    if (text === null || ts.isTemplateExpression(node)) ts.forEachChild(node, look)
    if (text !== null && found(text, node))
      all.push(`${path}: ${text.replaceAll(/\s+/g, ' ').slice(0, 60)}`)
  }
  look(file)
  return all
}

/** Each as `path: text`. */
export const englishAlone = (path: string, source: string): string[] =>
  textsOf(
    path,
    source,
    (text, node) =>
      isEnglish(text) &&
      !isChinese(text) &&
      !isSql(text) &&
      !isMarkup(text) &&
      !isGood(node, node.getSourceFile()),
  )

const isLatin = (node: ts.Node): boolean => {
  const text = node.getText()
  return /['`].*[A-Za-z]{2}/.test(text) && !isChinese(text)
}

/** English beside it, as in `t('中文', 'English')`: the marks of such a pair become Chinese where it is shown. */
function isOfPair(node: ts.Node): boolean {
  for (let at = node, depth = 0; depth < 4; depth++, at = at.parent) {
    const { parent } = at
    if (ts.isCallExpression(parent) && parent.arguments.some((one) => one !== at && isLatin(one)))
      return true
    if (ts.isArrayLiteralExpression(parent))
      return depth === 0 && parent.elements.some((one) => one !== at && isLatin(one))
    if (ts.isObjectLiteralExpression(parent))
      return parent.properties.some((one) => one.name?.getText() === 'en')
    if (ts.isBlock(parent) || ts.isSourceFile(parent)) return false
  }
  return false
}

/** A Chinese text without an English one is shown as it is typed: with , : ; ( ) ? ! of its own width. */
export const halfWidth = (path: string, source: string): string[] =>
  textsOf(path, source, (text, node) => chineseMarks(text) !== text && !isOfPair(node))

/** What is of the code or of a library: an id, the text of an error. */
const ofCode = /^(?:[\w.]+\.)?(?:laneId|message|stack)$/

/** Sentences of a pair, or of the catalogue, into which one is put. */
export const codePutIn = (path: string, source: string): string[] =>
  textsOf(path, source, (_, node) => {
    const { parent } = node
    const isFirst = ts.isCallExpression(parent) && parent.arguments[0] === node
    if (!isFirst || !/^(?:words\.)?t$/.test(parent.expression.getText())) return false
    const put = ts.isTemplateExpression(node)
      ? node.templateSpans.map(({ expression }) => expression.getText())
      : parent.arguments
          .slice(1)
          .flatMap((one) =>
            (ts.isObjectLiteralExpression(one) ? one.properties : []).map((member) =>
              ts.isPropertyAssignment(member)
                ? member.initializer.getText()
                : (member.name?.getText() ?? ''),
            ),
          )
    return put.some((one) => ofCode.test(one))
  })

export const sentencesOf = (
  tree: Tree,
  find: (path: string, source: string) => string[] = englishAlone,
): string[] => [...tree].flatMap(([path, source]) => (product.test(path) ? find(path, source) : []))
