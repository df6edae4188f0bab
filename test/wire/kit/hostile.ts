// Starts the platform that answers in every wrong way (hostile-platform.mjs), and makes its signing pairs.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { noteIn, noteSentence } from '#base/pure/words/notes.ts'
import { messages } from '#renderer/i18n/catalogue.ts'
import { openssl } from '../../firmware-runtime/simulators/platform/openssl.ts'
import { eventually, type UnderTest } from '../../kit/eventually.ts'

/** An end time for `openssl ca`, to the second: 20261121223000Z. */
const stamp = (ms: number): string =>
  `${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`

/** A signing pair made by OpenSSL, with its validity. */
export function makePair(dir: string, name: string, fromMs: number, toMs: number): void {
  const file = (end: string): string => join(dir, `${name}.${end}`)
  const sm2 = ['-sigopt', 'distid:1234567812345678']
  const ca = `[ca]\ndefault_ca=own\n[own]\ndatabase=${file('index')}\nnew_certs_dir=${dir}\n`
  const any =
    '[any]\norganizationName=optional\ncommonName=supplied\n[req]\ndistinguished_name=any\n'
  writeFileSync(file('cnf'), `${ca}rand_serial=yes\npolicy=any\n${any}`)
  writeFileSync(file('index'), '')
  openssl('genpkey', '-algorithm', 'SM2', '-out', file('key.pem'))
  const subject = ['-subj', `/O=TEST/CN=TEST ${name}`]
  const config = ['-config', file('cnf')]
  openssl(
    'req',
    '-new',
    ...config,
    '-key',
    file('key.pem'),
    '-sm3',
    ...sm2,
    ...subject,
    '-out',
    file('csr'),
  )
  const self = ['-batch', '-notext', '-selfsign', '-keyfile', file('key.pem'), '-in', file('csr')]
  const times = ['-startdate', stamp(fromMs), '-enddate', stamp(toMs)]
  openssl(
    ...['ca', ...config, ...self, '-out', file('pem'), '-md', 'sm3', ...times],
    ...[...sm2, '-vfyopt', 'distid:1234567812345678'],
  )
}

interface Asked {
  readonly event: string
  readonly how: string
  readonly path: string
}

interface HostileOptions {
  /** Certificates of the platform that it replaces. */
  readonly certDir: string
  readonly port: string
  /** Folder with the pairs `former` and `foreign`. */
  readonly foreignDir: string
  readonly of: () => UnderTest
  /** It also answers downloads and records. */
  readonly whole?: boolean
}

export class Hostile {
  readonly lines: Asked[] = []
  readonly #child
  readonly #of

  constructor({ certDir, port, foreignDir, of, whole = false }: HostileOptions) {
    const script = fileURLToPath(new URL('./hostile-platform.mjs', import.meta.url))
    const args = [script, certDir, port, foreignDir, ...(whole ? ['whole'] : [])]
    this.#of = of
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    createInterface({ input: this.#child.stdout }).on('line', (text) => {
      this.lines.push(JSON.parse(text) as Asked)
    })
  }

  async ready(): Promise<void> {
    await this.#says('ready', 0)
  }

  async answers(how: string): Promise<void> {
    const before = this.lines.length
    this.#child.stdin.write(`${how}\n`)
    await this.#says('how', before)
  }

  asked(how: string, part = ''): number {
    return this.lines.filter(
      (one) => one.event === 'asked' && one.how === how && one.path.includes(part),
    ).length
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }

  async #says(event: string, from: number): Promise<void> {
    await eventually(
      () => this.lines.slice(from),
      (all) => all.some((one) => one.event === event),
      { of: this.#of() },
    )
  }
}

/** A note as the window shows it, by the catalogue. */
export function sentence(text: string, language: 'en' | 'zh'): string {
  const { said } = messages[language] as {
    readonly said: { readonly word: Record<string, string> }
  }
  const words = said.word
  const found = noteIn(text)
  if (found === null) return words[text] ?? text
  const args = found.args.map((arg) => words[arg] ?? arg)
  return noteSentence({ word: found.word, args })[language]
}
