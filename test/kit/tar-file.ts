// Archives of tests, entry by entry, also such as no packer makes.
import { gzipSync } from 'node:zlib'

export interface TarEntry {
  readonly name: string
  /** Letter of ustar: `0` a file, `5` a folder, `1` and `2` links, `3` and `4` devices, `6` a pipe, `L` a long name. */
  readonly type?: string
  readonly body?: string | Uint8Array
  readonly mode?: number
  readonly link?: string
  /** As the header says it; absent: that of the body. */
  readonly size?: number
}

const block = 512

function headerOf({ name, type = '0', mode = 0o644, link = '', size = 0 }: TarEntry): Buffer {
  const header = Buffer.alloc(block)
  header.write(name.slice(0, 100), 0)
  header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write(' '.repeat(8), 148)
  header.write(type, 156)
  header.write(link, 157)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Not compressed. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const body = Buffer.from(entry.body ?? '')
    const rest = Buffer.alloc((block - (body.length % block)) % block)
    return [headerOf({ ...entry, size: entry.size ?? body.length }), body, rest]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

export const tarGzOf = (entries: readonly TarEntry[]): Buffer => gzipSync(tarOf(entries))
