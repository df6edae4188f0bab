// Reads a file named by a person, whole and up to a limit: throws FILE-01 when it is unreadable or longer.
// A cut-off part is never taken for the whole file.
import { t } from '../pure/words/fault-text.ts'
import { decodeUtf8, jsonBytesMax } from './strict-json.ts'
import { orDiskFault } from '../pure/faults/disk-fault.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { textOfCertificates } from '../crypto/pem.ts'
import { pemBytesMax, readUpTo } from '../files/read-up-to.ts'

export function readBytes(file: string, bytesMax: number): Buffer {
  const bytes = orDiskFault({ file, otherwise: 'FILE-01' }, () => readUpTo(file, bytesMax))
  // A cut-off part must not be taken for the whole file.
  if (bytes.length > bytesMax)
    throw new LaneFault('FILE-01', {
      file,
      note: t(`超过 ${bytesMax} 字节`, `more than ${bytesMax} bytes`),
    })
  return bytes
}

/** For a text file written by a person: throws FILE-02 when it is not UTF-8. */
export const readUtf8 = (file: string, bytesMax = jsonBytesMax): string =>
  decodeUtf8(readBytes(file, bytesMax), file)

export const readText = (file: string, bytesMax = jsonBytesMax): string =>
  readBytes(file, bytesMax).toString('utf8')

/** Certificates in a file named by a person, as PEM; a file in DER is read too. */
export const readCertificateText = (file: string, label?: 'X509 CRL'): string =>
  textOfCertificates(readBytes(file, pemBytesMax), label)
