// Mail to a real SMTP server in its own process, webhooks to a real HTTP server, and servers that are bad in every way.
import { fork } from 'node:child_process'
import { createServer as createHttp, type IncomingMessage } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createNet, type AddressInfo, type Server, type Socket } from 'node:net'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlarmNews } from '../../../centre/alarm/message.ts'
import type { MailServer } from '../../../centre/alarm/mail.ts'
import { AlarmPost } from '../../../centre/alarm/post.ts'
import { isWebhookAddress } from '../../../centre/alarm/webhook.ts'
import { eventually } from '../../kit/eventually.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { testAuthority } from '../../kit/test-authority.ts'
import { startMs } from '../../kit/test-desk.ts'
import type { MailChildOptions } from './mail-child.ts'

const dir = folderOfFile('alarm-post-')
const post = new AlarmPost(dir)
const authority = testAuthority()
const own = authority.door('localhost')
const account = { user: 'alarms@example.com', pass: 'mail password 7' }
const ends: (() => unknown)[] = []
afterAll(() => Promise.all(ends.map((end) => end())))

const news = (matterId: string, more: Partial<AlarmNews> = {}): AlarmNews => ({
  is: 'begin',
  matterId,
  lotId: 'A1',
  lotName: { zh: '东路', en: 'East\r\nBcc: thief@example.com' },
  nodeId: 'n1',
  kind: 'deviceDown',
  thing: 'device L01 camera',
  what: { zh: '东入口的相机', en: 'camera of East entry' },
  sinceMs: startMs,
  endedMs: null,
  ...more,
})

interface MailChild {
  readonly server: MailServer
  readonly mails: { readonly text: string; readonly secure: boolean; readonly user: string }[]
}

async function mailServer(options: MailChildOptions, tls: MailServer['tls']): Promise<MailChild> {
  const child = fork(join(import.meta.dirname, 'mail-child.ts'), [JSON.stringify(options)])
  ends.push(() => child.kill())
  const mails: MailChild['mails'][number][] = []
  let port = 0
  child.on('message', (said: { readonly port?: number } & MailChild['mails'][number]) => {
    if (said.port === undefined) mails.push(said)
    else port = said.port
  })
  await eventually(() => port).toBeGreaterThan(0)
  const user = options.account?.user ?? ''
  return { server: { host: 'localhost', port, tls, user, from: 'alarms@example.com' }, mails }
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  ends.push(() => server.close())
  return (server.address() as AddressInfo).port
}
const raw = (onSocket: (socket: Socket) => void): Promise<number> =>
  portOf(
    createNet((socket) => {
      socket.on('error', () => undefined)
      ends.push(() => socket.destroy())
      onSocket(socket)
    }),
  )

const mail = { wayId: '1', kind: 'mail', address: 'watch@example.com', afterS: 0 } as const
const plain = (port: number, tls: MailServer['tls'] = 'none'): MailServer => ({
  host: 'localhost',
  port,
  tls,
  user: '',
  from: 'alarms@example.com',
})

describe('mail', () => {
  let asks: MailChild
  beforeAll(async () => {
    setDefaultCACertificates([...getCACertificates('default'), authority.pem])
    asks = await mailServer({ secure: true, ...own, account }, 'tls')
    post.keepMailPassword(account.pass)
  })

  it('of several matters is one, in both languages, over TLS with the account', async () => {
    const sent = await post.send(
      mail,
      asks.server,
      [news('1'), news('2', { is: 'end', endedMs: startMs + 60_000 })],
      startMs,
    )
    expect(sent).toEqual({ taken: 2, answer: expect.stringMatching(/^250/) })
    await eventually(() => asks.mails.length).toBe(1)
    const [got] = asks.mails
    expect(got).toMatchObject({ secure: true, user: account.user })
    const [head = '', ...parts] = got?.text.split('\r\n\r\n') ?? []
    const body = parts.join('\r\n\r\n')
    expect(head).toMatch(/^To: watch@example\.com$/m)
    expect(head).not.toMatch(/^Bcc/m)
    expect(head).toContain('quoted-printable')
    const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([\dA-F]{2})/g, '%$1')
    const text = decodeURIComponent(bytes).replaceAll('\r', '')
    expect(text).toContain('东路：设备没有应答（东入口的相机），从 2026-11-29 09:00:00 起\n')
    expect(text).toContain('2026-11-29 09:01:00 已结束')
    expect(text).toContain('A device does not answer (camera of East entry)')
  })

  it('goes over STARTTLS, and to a server without an account', async () => {
    const starts = await mailServer({ secure: false, ...own }, 'starttls')
    const open = await mailServer({ secure: false }, 'none')
    for (const { server, mails } of [starts, open]) {
      expect(await post.send(mail, server, [news('1')], startMs)).toMatchObject({ taken: 1 })
      await eventually(() => mails.length).toBe(1)
      expect(mails[0]?.secure).toBe(server.tls === 'starttls')
    }
  })

  it.concurrent.each<readonly [string, () => Promise<MailServer>, RegExp]>([
    [
      'refuses the account',
      () => Promise.resolve({ ...asks.server, user: 'other' }),
      /535|wrong account/i,
    ],
    [
      'is not there',
      async () => {
        const server = createNet()
        const port = await portOf(server)
        server.close()
        return plain(port)
      },
      /ECONNREFUSED/,
    ],
    ['closes', async () => plain(await raw((socket) => void socket.end())), /close/i],
    ['hangs', async () => plain(await raw(() => undefined)), /greeting|timeout/i],
    ['hangs over TLS', async () => plain(await raw(() => undefined), 'tls'), /timeout|greeting/i],
    [
      'talks without end',
      async () =>
        plain(
          await raw((socket) => {
            const timer = setInterval(() => socket.write('220-wait\r\n'), 500)
            ends.push(() => clearInterval(timer))
          }),
        ),
      /ETIMEDOUT|greeting|timeout/i,
    ],
    [
      'says nonsense',
      async () => plain(await raw((socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n'))),
      /greeting|invalid/i,
    ],
    [
      'has a certificate of nobody',
      async () =>
        (await mailServer({ secure: true, ...testAuthority('other').door('localhost') }, 'tls'))
          .server,
      /certificate|signature/i,
    ],
    [
      'has a certificate of another name',
      async () =>
        (await mailServer({ secure: true, ...authority.door('mail.example.com') }, 'tls')).server,
      /altnames|match/i,
    ],
    [
      'has no STARTTLS where it is asked for',
      async () => ({ ...(await mailServer({ secure: false }, 'none')).server, tls: 'starttls' }),
      /STARTTLS|TLS/i,
    ],
  ])('a server that %s keeps the mail', async (_, server, why) => {
    const sent = await post.send(mail, await server(), [news('1')], startMs)
    expect(sent).toEqual({ taken: 0, answer: expect.stringMatching(why) })
  })

  it('an address that it does not know is said as the server said it', async () => {
    const sent = await post.send(
      { ...mail, address: 'nobody@example.com' },
      asks.server,
      [news('1')],
      startMs,
    )
    expect(sent).toEqual({ taken: 0, answer: expect.stringContaining('550') })
  })

  it('without a server is not sent', async () => {
    expect((await post.send(mail, null, [news('1')], startMs)).taken).toBe(0)
  })
})

describe('a webhook', () => {
  const hookOf = (port: number, scheme = 'http') =>
    ({
      wayId: '7',
      kind: 'webhook',
      address: `${scheme}://${scheme === 'http' ? '127.0.0.1' : 'localhost'}:${port}/hook?a=1`,
      afterS: 0,
    }) as const
  const asked: {
    readonly headers: IncomingMessage['headers']
    readonly url: string
    readonly body: string
  }[] = []
  const answering =
    (status: number, headers: Record<string, string> = {}, body = 'said') =>
    (request: IncomingMessage, response: import('node:http').ServerResponse): void => {
      let text = ''
      request.setEncoding('utf8')
      request.on('data', (part: string) => {
        text += part
      })
      request.on('end', () => {
        asked.push({ headers: request.headers, url: request.url ?? '', body: text })
        response.writeHead(status, headers).end(body)
      })
    }
  let secret = ''
  beforeAll(() => {
    setDefaultCACertificates([...getCACertificates('default'), authority.pem])
    secret = post.newSecret('7')
  })

  it.each([
    ['{"errcode":310000,"errmsg":"keywords not in content"}', 0],
    [`{"code":19024,"msg":"${'x'.repeat(300)}"}`, 0],
    ['<!DOCTYPE html><html><title>Sign in</title></html>', 0],
    [`<html>${'x'.repeat(9_000)}`, 0],
    ['{"errcode":0,"errmsg":"ok"}', 1],
    ['taken', 1],
  ])('that is answered with 200 and %s', async (body, taken) => {
    const way = hookOf(await portOf(createHttp(answering(200, {}, body))))
    const sent = await post.send(way, null, [news('1')], startMs)
    expect(sent.taken).toBe(taken)
    expect(JSON.stringify(sent)).toContain('HTTP 200')
  })
  it.each(['http', 'https'])('is a signed POST over %s', async (scheme) => {
    asked.length = 0
    const server = scheme === 'http' ? createHttp(answering(204)) : createHttps(own, answering(204))
    const way = hookOf(await portOf(server), scheme)
    const sent = await post.send(
      way,
      null,
      [news('1'), news('2', { is: 'end', endedMs: startMs + 1 })],
      startMs,
    )
    expect(sent).toEqual({ taken: 2, answer: 'HTTP 204' })
    const [first, second] = asked
    expect(first?.url).toBe('/hook?a=1')
    expect(first?.headers['etc-time']).toBe(String(startMs / 1_000))
    const signed = createHmac('sha256', secret)
      .update(`${startMs / 1_000}.${first?.body}`)
      .digest('hex')
    expect(first?.headers['etc-signature']).toBe(signed)
    expect(JSON.parse(first?.body ?? '')).toEqual({
      event: 'begin',
      matterId: '1',
      lot: { id: 'A1', name: news('1').lotName },
      node: 'n1',
      kind: 'deviceDown',
      thing: 'device L01 camera',
      urgent: true,
      since: '2026-11-29T09:00:00.000+08:00',
      ended: null,
      words: { zh: expect.stringContaining('东入口的相机'), en: expect.not.stringContaining('\n') },
    })
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ event: 'end', matterId: '2' })
  })

  it.concurrent.each<readonly [string, () => Promise<ReturnType<typeof hookOf>>, RegExp]>([
    [
      'answers 500',
      async () => hookOf(await portOf(createHttp(answering(500)))),
      /^HTTP 500 said$/,
    ],
    ['answers 404', async () => hookOf(await portOf(createHttp(answering(404)))), /^HTTP 404/],
    [
      'leads elsewhere',
      async () =>
        hookOf(await portOf(createHttp(answering(302, { location: 'http://127.0.0.1:1/' })))),
      /^HTTP 302/,
    ],
    [
      'is not there',
      async () => {
        const server = createNet()
        const port = await portOf(server)
        server.close()
        return hookOf(port)
      },
      /ECONNREFUSED/,
    ],
    ['closes', async () => hookOf(await raw((socket) => void socket.end())), /hang up|ECONNRESET/],
    ['hangs', async () => hookOf(await raw(() => undefined)), /timeout|abort/i],
    [
      'stops in its answer',
      async () =>
        hookOf(
          await raw((socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\na')),
        ),
      /timeout|abort/i,
    ],
    [
      'says nonsense',
      async () => hookOf(await raw((socket) => void socket.write('220 mail\r\n'))),
      /Parse Error/,
    ],
    [
      'has a certificate of nobody',
      async () =>
        hookOf(
          await portOf(createHttps(testAuthority('other').door('localhost'), answering(200))),
          'https',
        ),
      /certificate|signature/i,
    ],
    [
      'has a certificate of another name',
      async () =>
        hookOf(
          await portOf(createHttps(authority.door('hook.example.com'), answering(200))),
          'https',
        ),
      /altnames|match/i,
    ],
  ])('of a server that %s is not taken', async (_, way, why) => {
    expect(await post.send(await way(), null, [news('1')], startMs)).toEqual({
      taken: 0,
      answer: expect.stringMatching(why),
    })
  })

  it('whose answer has no end is taken by its status', async () => {
    const port = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const timer = setInterval(() => socket.write('x'.repeat(65_536)), 5)
      socket.on('close', () => clearInterval(timer))
    })
    const { taken, answer } = await post.send(hookOf(port), null, [news('1')], startMs)
    expect([taken, answer.length < 300]).toEqual([1, true])
  })

  it('without its secret is not sent', async () => {
    const sent = await post.send({ ...hookOf(1), wayId: '8' }, null, [news('1')], startMs)
    expect(sent.taken).toBe(0)
  })

  it.each([
    ['https://hooks.example.com/x', true],
    ['http://10.1.2.3:8080/x', true],
    ['http://192.168.1.9/', true],
    ['http://[fd00::1]/', true],
    ['http://127.0.0.1/', true],
    ['http://hooks.example.com/x', false],
    ['http://203.0.113.9/', false],
    ['http://172.32.0.1/', false],
    ['http://localhost/', false],
    ['https://user:secret@example.com/', false],
    ['ftp://10.1.2.3/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['hooks.example.com', false],
    ['', false],
  ])('address %s: %s', (address, isGood) => {
    expect(isWebhookAddress(address)).toBe(isGood)
  })
})

it('keeps its secrets in a file of its owner alone', () => {
  const file = join(dir, 'alarm-secrets.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain(account.pass)
})
