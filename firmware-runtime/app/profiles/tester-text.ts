// The letters of a tester's file in the encoding that its profile names; null: bytes that are none.
// GBK is read as GB 18030, which holds it.
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
