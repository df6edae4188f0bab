// Text of certificates and keys: adds the PEM armour that some authorities and Windows omit, and names the command that
// converts a key of another form.
import { t, type BilingualText } from '../pure/words/fault-text.ts'
import { shellCommand, shellOf, type Shell } from '../pure/words/shell-words.ts'
import { readPemBytes } from '../files/read-up-to.ts'

const pemShape = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END ([A-Z0-9 ]+)-----/g
/** Base64 of a DER sequence without other text. */
const bareShape = /^\s*MI[A-Za-z0-9+/\s]+={0,2}\s*$/

type Label = 'CERTIFICATE' | 'X509 CRL'

const armoured = (base64: string, label: Label): string =>
  `-----BEGIN ${label}-----\n${base64.replaceAll(/\s/g, '').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

/** Adds PEM armour to a bare certificate; returns other text unchanged. */
export const withArmour = (text: string, label: Label = 'CERTIFICATE'): string =>
  bareShape.test(text) ? armoured(text, label) : text

/** DER begins with a sequence whose length takes more than one byte; no text does. */
const isDer = ([tag, length = 0]: Uint8Array): boolean => tag === 0x30 && length >= 0x80

/** Certificates of a file as PEM: from armoured text, bare base64 or DER. */
export const textOfCertificates = (bytes: Buffer, label: Label = 'CERTIFICATE'): string =>
  isDer(bytes)
    ? armoured(bytes.toString('base64'), label)
    : withArmour(bytes.toString('utf8'), label)

export const certificateText = (file: string): string => textOfCertificates(readPemBytes(file))

/** DER of every PEM block with the given label. */
export function pemBlocks(text: string, label: string): readonly Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (const [, begin, body, end] of text.matchAll(pemShape)) {
    if (begin === label && end === label)
      blocks.push(Uint8Array.from(Buffer.from(body ?? '', 'base64')))
  }
  return blocks
}

interface OtherForm {
  readonly note: BilingualText
  /** Command that makes an unencrypted PKCS#8 of it. */
  readonly todo: string
}

const keyLabels = /-----BEGIN (EC |RSA |ENCRYPTED )PRIVATE KEY-----/

/** Form of a key that is not one PKCS#8 in PEM, and its conversion; null for an unknown form. */
export function otherKeyForm(
  text: string,
  file: string,
  shell: Shell = shellOf(process.platform),
): OtherForm | null {
  const to = ['-out', `${file}.new`]
  const openssl = (...words: readonly string[]): string =>
    shellCommand(shell, ['openssl', ...words])
  // A pipe of Windows PowerShell changes bytes.
  const fromBare = (): string => {
    const decoded = openssl('base64', '-d', '-A', '-in', file)
    return shell === 'sh'
      ? `${decoded} | ${openssl('pkey', '-inform', 'DER', ...to)}`
      : `${openssl('base64', '-d', '-A', '-in', file, '-out', `${file}.der`)}; ${openssl('pkey', '-inform', 'DER', '-in', `${file}.der`, ...to)}`
  }
  const [, label] = keyLabels.exec(text) ?? []
  if (label === 'ENCRYPTED ')
    return {
      note: t('私钥是加密的', 'the key is encrypted'),
      todo: openssl('pkcs8', '-in', file, ...to),
    }
  if (label !== undefined) {
    const form = label === 'EC ' ? 'SEC1 (EC PRIVATE KEY)' : 'PKCS#1 (RSA PRIVATE KEY)'
    return {
      note: t(`私钥的格式是 ${form}`, `the key has the form ${form}`),
      todo: openssl('pkcs8', '-topk8', '-nocrypt', '-in', file, ...to),
    }
  }
  // PKCS#12 by its version 3, read as text.
  if (/^0.{1,3}\u0002\u0001\u0003/su.test(text))
    return {
      note: t('是 PKCS#12(.pfx、.p12)文件', 'a file of PKCS#12 (.pfx, .p12)'),
      todo: openssl('pkcs12', '-in', file, '-nocerts', '-nodes', ...to),
    }
  if (/^0.{1,3}\u0002\u0001[\0\u0001]/su.test(text))
    return {
      note: t('私钥是 DER,不是 PEM', 'the key is DER, not PEM'),
      todo: openssl('pkey', '-inform', 'DER', '-in', file, ...to),
    }
  if (!bareShape.test(text)) return null
  return {
    note: t('私钥没有首尾标记行', 'the key has no lines of PEM around it'),
    todo: fromBare(),
  }
}
