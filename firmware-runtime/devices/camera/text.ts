// Bytes of cameras to text. Plates travel as UTF-8 or as GBK by family (lane-devices.md section 0).
// GB 18030 is read where GBK is meant: the same bytes, and the few characters GBK lacks.
import iconv from 'iconv-lite'

export const utf8Text = (bytes: Uint8Array): string => iconv.decode(bytes, 'utf8')

export const gbkText = (bytes: Uint8Array): string => iconv.decode(bytes, 'gb18030')
