// Text of a tester's file in the encoding named by its profile; null: invalid bytes. GBK is read as its superset GB
// 18030.
import { TextDecoder } from 'node:util'

export function testerText(bytes: Uint8Array, encoding: 'utf-8' | 'gbk'): string | null {
  try {
    const label = encoding === 'gbk' ? 'gb18030' : encoding
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return null
  }
}
