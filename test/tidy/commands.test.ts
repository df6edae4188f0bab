// No sentence of the window is a command line: a person there presses a button or goes to a page. What the command line
// prints beside a fault is the member `command` of its row (base/pure/words/fault-text.ts).
import { expect, it } from 'vitest'
import { readTree } from './tree.ts'

/** The command line itself, its doctor of the service, tools of tests, and a table of docs/operations.md. */
const forSupport =
  /^firmware-runtime\/(?:(?:\w+\/desk|base|runtime)\/commands|harness|simulators|runtime\/service|base\/desk\/service)\/|^firmware-runtime\/lane\/pure\/lot\/service-ends\.ts$/
const product = /^(?:firmware-runtime|electron|renderer)\/.*\.(?:ts|vue)$/
/** Both texts of a pair, on one line or several. */
const pair = /\bt\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1,\s*(['"`])((?:(?!\3)[^\\]|\\.)*)\3,?\s*\)/g
const command =
  /\betc-lane [a-z]|\b(?:netsh|ufw|sudo|systemctl|schtasks|journalctl|chmod|icacls|powercfg|chronyc)\b|\bchown -|--data\b/

const commandsIn = (source: string): readonly string[] =>
  [...source.matchAll(pair)]
    .flatMap(([, , zh = '', , en = '']) => [zh, en])
    .filter((text) => command.test(text))

it('no sentence that a window shows has a command line', () => {
  const found = [...readTree()].flatMap(([path, source]) =>
    product.test(path) && !forSupport.test(path)
      ? commandsIn(source).map((text) => `${path}: ${text}`)
      : [],
  )
  expect(found).toEqual([])
})

it.each([
  "t('先运行 etc-lane lot init', 'Set it up first')",
  "t('用命令', 'Run sudo etc-lane install --data DIR')",
  't(\n  "看防火墙",\n  "Run netsh advfirewall",\n)',
  "t('重启', `systemctl restart ${unit}`)",
])('one would be seen: %s', (source) => {
  expect(commandsIn(source)).not.toEqual([])
})

it.each([
  "t('先安装车道程序的安装包(etc-lane)', 'Install the package of the lanes (etc-lane) first')",
  "command: 'lot init'",
])('none is: %s', (source) => {
  expect(commandsIn(source)).toEqual([])
})
