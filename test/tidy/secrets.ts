// Rules for every text: no paths of one machine, no package registry by name, no private key.
// The search words are concatenated here, so that this file does not contain them.
import type { Tree } from './tree.ts'

const word = (...parts: string[]): string => parts.join('')

const shapes: [RegExp, string][] = [
  [
    new RegExp(`(^|[\\s'"\`(=:])/${word('(wo', 'rk|ro', 'ot|ho', 'me|Us', 'ers)')}/\\w`, 'm'),
    'a path of one machine',
  ],
  [new RegExp(`\\b[A-Z]:\\\\+${word('Us', 'ers')}\\\\`), 'a path of one machine'],
  [new RegExp(`\\b${word('regi', 'stry')}\\.[\\w-]+\\.[\\w.-]+`), 'a registry by name'],
  [
    new RegExp(
      `\\b(${word('npm', 'mirror')}|${word('arti', 'factory')}|${word('jf', 'rog')})\\b`,
      'i',
    ),
    'a registry by name',
  ],
  [new RegExp(`"${word('reso', 'lved')}": "http`), 'a registry by name'],
  [
    new RegExp(`-----${word('BEG', 'IN')} [A-Z0-9 ]*${word('PRIV', 'ATE')} KEY-----`),
    'a private key',
  ],
]

export function secretFaults(tree: Tree): string[] {
  const faults: string[] = []
  for (const [path, text] of tree) {
    for (const [shape, what] of shapes) {
      if (shape.test(text)) faults.push(`${path}: ${what}`)
    }
  }
  return faults
}
